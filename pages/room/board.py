"""The teacher's board: what the class has found, live, with the code that lets students in beside it."""

from html import escape

import streamlit as st

from charts.class_curve import Point, class_curve_figure
from charts.u_curve import CEILING
from pages.frame.live import guarded
from pages.frame.session import current_language
from pages.player.player import Picture, player
from pages.room.answers import answers_line, answers_picture
from pages.room.found import found_so_far
from pages.room.known import known_of
from pages.room.roster import show_roster
from pages.sections.built_link import ONLY_HERE, place, qr_code
from pages.settings.choosing import complete
from pages.settings.tasks import CURVE, LAND, QUESTIONS, kind_of, read_task
from rooms import room as rooms
from rooms.database import DatabaseError
from rooms.room import NoRoomError, Room
from rooms.tries import Noted, students_in
from telling.animals import animal_name
from telling.names import regime_names
from telling.rooms import counts, found, found_limit, ranking, task_line
from telling.tables import html_table
from wording import _, number, speak

EVERY = 1.0
"""Seconds after which the board looks for what is new."""
HEIGHT, MOST_DRAWN, MOST_RANKED = 430, 2000, 10
KEY = "class_board"


@st.fragment(run_every=EVERY)
def show_board(room: Room) -> None:
    """Show what the class finds, live, to who holds the key of the room."""
    speak(current_language())
    with guarded("The board"):
        try:
            show_found(rooms.room_of(room.word))
        except NoRoomError:
            st.rerun()
        except DatabaseError:
            st.warning(_("The rooms cannot be reached at the moment. The board goes on by itself."))


def show_found(room: Room) -> None:
    """Show what the class has found up to now."""
    tries, students = found_so_far(room), students_in(room.word)
    now = complete(read_task(room.address))
    kind = kind_of(now)
    points = points_of(room, tries) if kind == CURVE else []
    line = answers_line(room, tries) if kind in QUESTIONS else _headline(kind, now.iterations, tries, points)
    st.html(f"<h1>{escape(line)}</h1>")
    told = counts(len(students), len({noted.student for noted in tries}), len(tries), is_frozen=room.is_frozen)
    st.markdown(f"{found_limit([(point.rate, point.loss) for point in points])} {told}")
    if kind == LAND:
        _show_ranking(room, tries)
    else:
        picture = curve_picture(room, points) if kind == CURVE else answers_picture(room, tries)
        player([picture], key=KEY, height=HEIGHT, large=True)
    show_roster(students, tries, stuck=kind != LAND)


def _headline(kind: str, iterations: int, tries: list[Noted], points: list[Point]) -> str:
    """Say what the class has found; before it has found anything, what it is asked."""
    if not tries:
        return task_line(kind, iterations)
    if kind == LAND:
        return _("{n} have landed.").format(n=number(len({noted.student for noted in tries})))
    return found([(point.rate, point.loss) for point in points])


def points_of(room: Room, tries: list[Noted]) -> list[Point]:
    """Return the tries as points; what has grown out of every picture has exploded, even if it is still a number."""
    most = CEILING * known_of(room.address).first_loss
    return [
        Point(noted.what.learning_rate or 0.0, _up_to(most, noted.what.loss), animal_name(noted.student.name))
        for noted in tries
    ]


def _up_to(most: float, loss: float | None) -> float | None:
    return loss if loss is not None and loss <= most else None


def curve_picture(room: Room, points: list[Point]) -> Picture:
    """Return the picture of the tries, with the theory's curve once it is revealed."""
    known, shown = known_of(room.address), points[-MOST_DRAWN:]
    figure = class_curve_figure(shown, known, regime_names(), is_revealed=room.is_revealed)
    return Picture(figure, _("The loss at the end over the learning rate: a point for each try of the class."))


def _show_ranking(room: Room, tries: list[Noted]) -> None:
    if not room.is_revealed:
        return
    rows = ranking([(animal_name(noted.student.name), noted.what.iterations or 0) for noted in tries])[:MOST_RANKED]
    st.html(html_table(_("Ranking"), [_("Place"), _("Name"), _("Iterations")], rows, numbers=False))


def show_invitation(room: Room) -> None:
    """Show how a student gets in: the code to be scanned, the word, and the address to be typed."""
    address = f"{place()}/join/{room.word}"
    code = qr_code(address)
    picture = f'<img alt="{escape(_("QR code of the link"))}" src="{escape(code)}">' if code else ""
    where = escape(address.partition("://")[2])
    st.html(f'<div class="invitation">{picture}<strong>{escape(room.word)}</strong><span>{where}</span></div>')
    if place().partition("://")[2].partition(":")[0] in ONLY_HERE:
        st.markdown(_("Only this machine can open this address: start the app with `make class`."))
