"""docs/states/ shows the tables of states as they are."""

from django.conf import settings

from migwork.drawings import drawings, workflows


def test_the_drawings_are_fresh():
    folder = settings.BASE_DIR / "docs" / "states"
    drawn = {file: file.read_text() for file in folder.glob("*.md")}
    assert drawn == drawings(), "run ./dev manage draw_states"


def test_every_state_can_be_reached():
    for _room, workflow in workflows():
        reached, grown = {workflow.initial} | ENTERED_OTHERWISE.get(workflow.name, set()), True
        while grown:
            before = len(reached)
            reached |= {step.target for step in workflow.steps if reached & set(step.sources)}
            grown = len(reached) > before
        unreached = {state.value for state in workflow.states} - reached
        assert not unreached, workflow.name


# States in which a row can be made, besides the initial one.
ENTERED_OTHERWISE = {"enrolment": {"waiting"}, "allowance": {"to_decide"}}
