"""What was said, in the coordinator's own working words: quiet, short, and never about who somebody is.

A stock of sentences stands in the order of the phase it belongs to: what is said at its beginning first. A
sentence that begins with `+` is for agencies that take somebody on, one with `-` for those held back; the
others are for all (`praktik.demo.fitting` chooses). Slots: {uppgifter} two of the agency's tasks, {uppgift} one,
{ort} its town, {kontor} the employment office there, {när} some weeks ahead, {sedan} some months ahead.
"""

from agencies.choices import Channel, Phase
from praktik.demo.phrases import examples, handover, information

MEETINGS = (Channel.VISIT, Channel.VIDEO)
_PHASES = {Phase.INFORMATION: information, Phase.EXAMPLES: examples, Phase.HANDOVER: handover}


def openings(phase: Phase, channel: Channel) -> tuple[str, ...]:
    """What a talk was about, by how it was held."""
    said = _PHASES[phase]
    by_channel: dict[Channel, tuple[str, ...]] = {
        Channel.VISIT: said.VISIT,
        Channel.VIDEO: said.MEETING,
        Channel.PHONE: said.CALL,
        Channel.EMAIL: said.MAIL,
    }
    return by_channel[channel]


def answers(phase: Phase) -> tuple[str, ...]:
    """What the agency said to it."""
    return _PHASES[phase].ANSWERS


def endings(phase: Phase) -> tuple[str, ...]:
    """How they parted."""
    return _PHASES[phase].ENDINGS
