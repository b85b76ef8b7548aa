"""The teacher's board: what the class has found, live, with the code that lets students in beside it."""

import math
from html import escape

import streamlit as st

from charts.class_curve import Point, class_curve_figure
from charts.u_curve import CEILING
from pages.frame.live import guarded
from pages.frame.session import current_language
from pages.player.player import Picture, player
from pages.room.answers import answers_line, answers_picture, question_line
from pages.room.found import found_so_far
from pages.room.known import known_of
from pages.room.noting import landing_of
from pages.room.roster import show_roster
from pages.sections.built_link import ONLY_HERE, place, qr_code
from pages.settings.tasks import CURVE, LAND, kind_of, settings_of
from rooms import room as rooms
from rooms.database import DatabaseError
from rooms.room import NoRoomError, Room
from rooms.tries import Noted, students_in
from telling.animals import animal_name
from telling.names import regime_names
from telling.rooms import counts, found_limit, found_line, ranking, task_line
from telling.tables import html_table
from wording import _, number, speak

EVERY = 0.5
"""Seconds after which the board looks for what is new."""
HEIGHT, MOST_DRAWN, MOST_RANKED = 430, 1000, 10
KEY = "class_board"


@st.fragment(run_every=EVERY)
def show_board(room: Room) -> None:
    """Show what the class finds, live, to who holds the key of the room."""
    speak(current_language())
    with guarded("The board"):
        try:
            now = rooms.room_of(room.word)
        except NoRoomError:
            st.rerun()
        except DatabaseError:
            st.warning(_("The rooms cannot be reached at the moment. The board goes on by itself."))
            return
        if now.version != room.version:  # changed on another device: the buttons follow
            st.rerun()
        show_found(now)


def show_found(room: Room) -> None:
    """Show what the class has found up to now."""
    found, students = found_so_far(room), students_in(room.word)
    now = settings_of(room.address)
    told = counts(len(students), len(found.of_student), len(found.tries), is_frozen=room.is_frozen)
    {CURVE: _show_curve, LAND: _show_landings}.get(kind_of(now), _show_answers)(room, now.iterations, found.tries, told)
    most = _most(room) if kind_of(now) == CURVE else math.inf
    show_roster(students, found.of_student, most, stuck=kind_of(now) != LAND)


def _say(line: str, told: str) -> None:
    st.html(f"<h1>{escape(line)}</h1>")
    st.markdown(told)


def _show_curve(room: Room, iterations: int, tries: list[Noted], told: str) -> None:
    ends = ends_of(room, tries)
    _say(found_line(ends) if tries else task_line(CURVE, iterations), f"{found_limit(ends)} {told}")
    player([curve_picture(room, tries[-MOST_DRAWN:])], key=KEY, height=HEIGHT, large=True)


def _show_answers(room: Room, iterations: int, tries: list[Noted], told: str) -> None:
    _say(question_line(room), f"{answers_line(room, tries)} {told}")
    player([answers_picture(room, tries)], key=KEY, height=HEIGHT, large=True)


def _show_landings(room: Room, iterations: int, tries: list[Noted], told: str) -> None:
    landed = _("{n} have landed.").format(n=number(len({noted.student for noted in tries})))
    _say(landed if tries else task_line(LAND, iterations), told)
    if room.is_revealed:
        rows = ranking([(animal_name(noted.student.name), *landing_of(noted.what)) for noted in tries])[:MOST_RANKED]
        header = [_("Place"), _("Name"), _("Explosions"), _("Iterations")]
        st.html(html_table(_("Ranking"), header, rows, numbers=False))


def ends_of(room: Room, tries: list[Noted]) -> list[tuple[float, float | None]]:
    """Return the rate of each try and its loss, None where it has exploded."""
    tried, most = [noted.what for noted in tries], _most(room)
    return [(each.learning_rate or 0.0, None if each.has_exploded(most) else each.loss) for each in tried]


def _most(room: Room) -> float:
    """Return the largest loss that the picture could show."""
    return CEILING * known_of(room.address).first_loss


def curve_picture(room: Room, tries: list[Noted]) -> Picture:
    """Return the picture of the tries, with the theory's curve once it is revealed."""
    whose = (animal_name(noted.student.name) for noted in tries)
    points = [Point(rate, loss, name) for (rate, loss), name in zip(ends_of(room, tries), whose, strict=True)]
    figure = class_curve_figure(points, known_of(room.address), regime_names(), is_revealed=room.is_revealed)
    return Picture(figure, _("The loss at the end over the learning rate: a point for each try of the class."))


def show_invitation(room: Room) -> None:
    """Show how a student gets in: the code to be scanned, the word, and the address to be typed."""
    address = f"{place()}/join/{room.word}"
    code = qr_code(address)
    picture = f'<img alt="{escape(_("QR code of the link"))}" src="{escape(code)}">' if code else ""
    where = escape(address.partition("://")[2])
    st.html(f'<div class="invitation">{picture}<strong>{escape(room.word)}</strong><span>{where}</span></div>')
    if place().partition("://")[2].partition(":")[0] in ONLY_HERE:
        st.markdown(_("Only this machine can open this address: start the app with `make class`."))
