"""The names that the students of a room are given: an animal with a quality, 768 of them."""

from wording import N_, _

QUALITIES = (
    *(N_("Brave"), N_("Calm"), N_("Clever"), N_("Curious"), N_("Daring"), N_("Fair"), N_("Gentle"), N_("Happy")),
    *(N_("Honest"), N_("Keen"), N_("Kind"), N_("Lively"), N_("Lucky"), N_("Merry"), N_("Nimble"), N_("Patient")),
    *(N_("Playful"), N_("Polite"), N_("Proud"), N_("Quick"), N_("Quiet"), N_("Bright"), N_("Sunny"), N_("Wise")),
)
ANIMALS = (
    *(N_("Badger"), N_("Bear"), N_("Beaver"), N_("Camel"), N_("Cat"), N_("Crane"), N_("Deer"), N_("Dolphin")),
    *(N_("Duck"), N_("Eagle"), N_("Falcon"), N_("Finch"), N_("Fox"), N_("Frog"), N_("Gazelle"), N_("Hare")),
    *(N_("Hedgehog"), N_("Horse"), N_("Lion"), N_("Lynx"), N_("Magpie"), N_("Octopus"), N_("Otter"), N_("Owl")),
    *(N_("Walrus"), N_("Penguin"), N_("Raven"), N_("Seal"), N_("Squirrel"), N_("Stork"), N_("Tortoise"), N_("Whale")),
)


def animal_name(number: int) -> str:
    """Return the name with this number, from 0 to 767, in the language spoken."""
    quality, animal = QUALITIES[number // len(ANIMALS)], ANIMALS[number % len(ANIMALS)]
    return f"{_(quality)} {_(animal)}"
