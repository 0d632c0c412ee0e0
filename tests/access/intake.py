"""Who gets what at the desk."""

from intake.queries.feedback import token_of
from intake.queries.followup import follow_up_token
from intake.queries.outside import token_of as token_of_outside
from tests.access import Row

ROWS = []


def desk(name, kwargs=lambda world: {}, methods=("GET", "POST"), status=200, administrator=None):
    """A page of the desk: for operators and administrators, forbidden to everybody else."""
    ROWS.extend(
        Row(
            f"intake:{name}",
            kwargs,
            methods=[method],
            everyone=403,
            operator=status,
            administrator=status if administrator is None else administrator,
        )
        for method in methods
    )


def person(world):
    return {"pk": world.participation.pk}


def interview(world):
    return {"pk": world.interview.pk}


def section(world):
    return {"pk": world.interview.pk, "section": "wishes"}


desk("reception-list", methods=["GET"])
desk("waiting-list", methods=["GET"])
desk("caseload", methods=["GET"])
desk("view-create", methods=["POST"], status=302)
desk("view-remove", lambda world: {"pk": world.caseload_view.pk}, methods=["POST"], status=302, administrator=404)
# Nobody is chosen: back to the list; posted, the form says so.
desk("handover", methods=["GET"], status=302)
desk("handover", methods=["POST"])
desk("covers")
desk("cover-end", lambda world: {"pk": world.cover.pk}, methods=["POST"], status=302, administrator=403)
desk("call-list", methods=["GET"])
# It becomes a note: not for administrators.
desk("call-answer", lambda world: {"pk": world.call_request.pk}, administrator=403)
desk("queue")


def group(world):
    return {"pk": world.group.pk}


desk("group-list")
desk("group-detail", group, methods=["GET"])
desk("group-print", group, methods=["GET"])
desk("group-sheet", group, methods=["GET"])
desk("group-enter", group)
desk("group-presence", group)
desk("group-register", group, methods=["POST"], status=302)
desk("group-drop", lambda world: {"pk": world.group_entry.pk}, methods=["POST"], status=302)
desk("queue-who", lambda world: {"pk": world.queue_entry.pk})
desk("street-list", administrator=403)
desk("street-detail", lambda world: {"pk": world.contact.pk}, methods=["GET"], administrator=403)
desk("street-detail", lambda world: {"pk": world.contact.pk}, methods=["POST"], status=302, administrator=403)
desk("street-who", lambda world: {"pk": world.contact.pk}, administrator=403)
desk("street-forget", lambda world: {"pk": world.contact.pk}, methods=["POST"], status=302, administrator=403)


def no_key(world):
    return {}


def own_cv_entry(world):
    return {"entry": world.cv_entry.pk}


def cv_entry(world):
    return {"pk": world.participation.pk, "entry": world.cv_entry.pk}


def skill(world):
    return {"pk": world.participation.pk, "skill": world.skill.pk}


# What people can do and their CV: with the case team, not with administrators.
desk("skills", person, methods=["GET"], administrator=403)
desk("skill-note", skill, administrator=403)
desk("skill-remove", skill, methods=["POST"], status=302, administrator=403)
desk("skill-remove", skill, methods=["GET"], status=405, administrator=403)
desk("cv", person, methods=["GET"], administrator=403)
desk("cv-words", person, methods=["GET"], administrator=403)
desk("cv-words", person, methods=["POST"], status=302, administrator=403)
desk("cv-pdf", person, methods=["GET"], administrator=403)
desk("cv-entry", cv_entry, administrator=403)
desk("cv-entry-remove", cv_entry, methods=["POST"], status=302, administrator=403)
desk("cv-entry-add", lambda world: {"pk": world.participation.pk, "kind": "education"}, administrator=403)
desk("achievements", person, methods=["GET"], administrator=403)
# The PDF, for there is a skill.
desk("achievements", person, methods=["POST"], administrator=403)
desk("queue-join", person, methods=["POST"], status=302)
desk("queue-step", lambda world: {"pk": world.queue_entry.pk, "step": "chiama"}, methods=["POST"], status=302)
desk("person-create")
desk("duplicates", methods=["POST"])
desk("reception-create", person)
desk("participation-end", person)
desk("follow-up-told", lambda world: {"pk": world.follow_up.participation_id, "follow_up": world.follow_up.pk})
desk("claim-letter", person, methods=["GET"])
# The owner of this record has an account: nothing is made.
desk("claim-letter", person, methods=["POST"], status=302)
desk("same-as", person)
desk("merge-preview", lambda world: {"pk": world.participation.pk, "other": world.second_record.pk})
desk("merge-undo", lambda world: {"pk": world.merge.pk}, methods=["GET"])
desk("merge-undo", lambda world: {"pk": world.merge.pk}, methods=["POST"], status=302)
desk("participation-reopen", person, methods=["POST"], status=302)
desk("appointment-create", person)
desk("appointment-outcome", lambda world: {"pk": world.appointment.pk}, methods=["POST"], status=302)
desk("agenda", methods=["GET"])
desk("hours")
# Administrators have no agenda of their own.
desk("my-calendar", administrator=403)
desk("feed-make", methods=["POST"], administrator=403)
desk("feed-revoke", methods=["POST"], status=302, administrator=403)
desk("mediation-list", methods=["GET"])
desk("mediation-arrange", lambda world: {"pk": world.appointment.pk})
# Nobody but an operator is shown to young people.
desk("my-card", administrator=403)
desk("hours-detail", lambda world: {"pk": world.slot.availability.pk})
desk("hours-end", lambda world: {"pk": world.slot.availability.pk}, methods=["POST"], status=302)
# What people confide is not for administrators.
desk("interview-start", person, methods=["POST"], status=302, administrator=403)
desk("note-create", person, administrator=403)
desk("note-edit", lambda world: {"pk": world.note.pk}, administrator=403)
desk("interview-detail", interview, methods=["GET"], administrator=403)
desk("interview-section", section, administrator=403)
desk("interview-complete", interview, methods=["POST"], status=302, administrator=403)
desk("interview-add", interview, methods=["POST"], administrator=403)
desk("plan-start", person, methods=["POST"], status=302)
desk("plan-edit", person)
desk("plan-propose", person)
# The world's plan is still being written: there is nothing to print, and it says so.
desk("plan-pdf", person, methods=["POST"], status=302)
desk("plan-project", person, methods=["GET"])
desk("plan-project", person, methods=["POST"], status=302)
desk("goal-edit", lambda world: {"pk": world.goal.pk})
desk("action-create", lambda world: {"pk": world.goal.pk})
desk("action-edit", lambda world: {"pk": world.action.pk})
desk("referral-create", person)
desk("outside-create", person)
desk("outside-detail", lambda world: {"pk": world.outside.pk})
desk("outside-again", lambda world: {"pk": world.outside.pk, "step": "rimanda"}, methods=["POST"], status=302)


def appointment(world):
    return {"pk": world.appointment.pk}


def other_hour(world):
    return {"pk": world.appointment.pk, "slot": world.slot.pk}


def hours(world):
    return {"kind": "reception"}


def hour(world):
    return {"kind": "reception", "slot": world.slot.pk}


def plan(world):
    return {"pk": world.plan.pk}


def restricted(world):
    return {"pk": world.restricted.pk}


def add_to_restricted(world):
    return {"pk": world.restricted.pk, "step": "aggiungi"}


def outside_link(world):
    return {"token": token_of_outside(world.outside)}


def referral(world):
    return {"pk": world.referral.pk}


def follow_up(world):
    return {"token": follow_up_token(world.follow_up)}


ROWS += [
    # Who left answers by the link, signed in as nobody.
    Row("intake:follow-up", follow_up, methods=["GET"], everyone=200, anonymous=200),
    Row("intake:follow-up", follow_up, methods=["POST"], everyone=200, anonymous=200),
    Row("intake:follow-up", lambda world: {"token": "guessed"}, query="?guessed", everyone=404, anonymous=404),
    # A partner is sent on to the referral: the file is not for them.
    Row(
        "intake:person-file",
        person,
        everyone=404,
        young=403,
        other_young=404,
        operator=200,
        partner=302,
        other_partner=404,
        coordinator=200,
        administrator=200,
    ),
    # Who takes part in nothing is sent back to the page that says so.
    # Whoever holds the address reads, signed in or not; nobody else finds anything.
    Row("intake:calendar-feed", lambda world: {"token": "held"}, everyone=200, anonymous=200),
    Row("intake:booking", everyone=403, young=200),
    Row("intake:booking-hours", hours, everyone=403, young=200, other_young=302),
    Row("intake:booking-confirm", hour, everyone=403, young=200, other_young=302),
    Row("intake:booking-confirm", hour, methods=["POST"], everyone=403, young=302),
    Row("intake:my-appointment", appointment, everyone=403, young=200, other_young=404),
    Row("intake:appointment-earlier", appointment, methods=["POST"], everyone=403, young=302, other_young=404),
    Row("intake:appointment-earlier", appointment, everyone=403, young=405, other_young=404),
    Row("intake:call-me-no-more", everyone=403, young=405),
    Row("intake:call-me", everyone=403, young=200, other_young=302),
    Row("intake:call-me", methods=["POST"], everyone=403, young=200, other_young=302),
    Row("intake:call-me-no-more", methods=["POST"], everyone=403, young=302),
    Row("intake:my-appointment-file", appointment, everyone=403, young=200, other_young=404),
    Row("intake:appointment-move", appointment, everyone=403, young=200, other_young=404),
    *(
        Row(f"intake:{name}", kwargs, methods=[method], everyone=403, young=status, other_young=404)
        for name, kwargs in (("appointment-move-confirm", other_hour), ("appointment-cancel", appointment))
        for method, status in (("GET", 200), ("POST", 302))
    ),
    *(
        Row(
            "intake:feedback-mine",
            lambda world: {"pk": world.seen.pk},
            methods=[method],
            everyone=403,
            young=status,
            other_young=404,
        )
        for method, status in (("GET", 200), ("POST", 302))
    ),
    # Whoever sees the code on the wall of a classroom: their own name, and nobody else's.
    *(
        Row(
            "intake:group-join",
            lambda world: {"code": world.group.code},
            methods=[method],
            everyone=200,
            anonymous=200,
        )
        for method in ("GET", "POST")
    ),
    Row("intake:feedback-summary", everyone=403, coordinator=200, administrator=200),
    # Whoever holds the link: one tap, without signing in. Posted without a face the form comes again or thanks.
    Row("intake:feedback-link", lambda world: {"token": token_of(world.seen)}, everyone=200, anonymous=200),
    Row(
        "intake:feedback-link",
        lambda world: {"token": token_of(world.seen)},
        methods=["POST"],
        everyone=302,
        anonymous=302,
    ),
    Row("intake:portrait", lambda world: {"pk": world.card.photo_id}, everyone=200),
    Row("intake:my-plan", everyone=403, young=200, other_young=200),
    # One's own CV; nothing of anybody else's has an address there.
    *(
        Row(f"intake:{name}", kwargs, methods=[method], everyone=403, young=status, other_young=other)
        for name, kwargs, method, status, other in (
            ("my-cv", no_key, "GET", 200, 200),
            ("my-cv-words", no_key, "GET", 200, 200),
            ("my-cv-words", no_key, "POST", 302, 302),
            ("my-cv-pdf", no_key, "GET", 200, 200),
            ("my-cv-entry", own_cv_entry, "GET", 200, 404),
            ("my-cv-entry", own_cv_entry, "POST", 200, 404),
            ("my-cv-entry-remove", own_cv_entry, "POST", 302, 404),
            ("my-cv-entry-add", lambda world: {"kind": "language"}, "GET", 200, 200),
            ("my-cv-entry-add", lambda world: {"kind": "language"}, "POST", 200, 200),
            ("my-achievements", no_key, "GET", 200, 200),
            ("my-achievements", no_key, "POST", 200, 302),
        )
    ),
    # The world's plan is still being written: nothing is added to it yet.
    *(
        Row(f"intake:{name}", methods=[method], everyone=403, young=404, other_young=404)
        for name in ("own-step-add", "my-project")
        for method in ("GET", "POST")
    ),
    Row("intake:my-plan-pdf", methods=["POST"], everyone=403, young=404, other_young=404),
    # The world's action was agreed: it is not the young person's own to take out.
    Row("intake:own-step-drop", lambda world: {"pk": world.action.pk}, methods=["POST"], everyone=403, other_young=404),
    *(
        Row(
            "intake:plan-agree",
            plan,
            methods=[method],
            everyone=404,
            young=status,
            other_young=404,
            operator=403,
            partner=403,
            other_partner=404,
            coordinator=403,
            administrator=403,
        )
        for method, status in (("GET", 200), ("POST", 302))
    ),
    Row("intake:messages", everyone=403, young=200, operator=200),
    # Posted without a word the form comes again; to the operator's list nothing is posted.
    Row("intake:messages", methods=["POST"], everyone=403, young=200, operator=405),
    # Who follows them, and nobody else: not the young person's own page.
    *(Row("intake:thread", person, methods=[m], everyone=403, operator=200) for m in ("GET", "POST")),
    Row(
        "intake:thread-read",
        person,
        methods=["POST"],
        everyone=404,
        young=302,
        other_young=404,
        operator=302,
        partner=403,
        other_partner=404,
        coordinator=403,
        administrator=403,
    ),
    # The world's action is a course: nobody ticks that by hand.
    Row(
        "intake:action-done",
        lambda world: {"pk": world.action.pk},
        methods=["POST"],
        everyone=404,
        young=403,
        other_young=404,
        operator=403,
        coordinator=403,
        administrator=403,
    ),
    # The file is the operators' and the young person's own; other staff see that there is a step, no paper.
    *(
        Row(
            f"intake:{name}",
            kwargs,
            methods=[method],
            everyone=404,
            young=status,
            other_young=404,
            operator=operators,
            partner=partner,
            other_partner=404,
            coordinator=coordinator,
            administrator=coordinator,
        )
        for name, kwargs, method, status, operators, partner, coordinator in (
            ("step-evidence", lambda world: {"pk": world.action.pk}, "GET", 200, 200, 404, 403),
            ("step-evidence", lambda world: {"pk": world.action.pk}, "POST", 200, 200, 404, 403),
            ("evidence-file", lambda world: {"pk": world.evidence.pk}, "GET", 200, 200, 404, 404),
            ("evidence-remove", lambda world: {"pk": world.evidence.pk}, "POST", 302, 403, 404, 404),
        )
    ),
    Row("intake:referral-list", everyone=403, partner=200, administrator=200),
    Row("intake:referral-detail", referral, everyone=403, partner=200, other_partner=404, administrator=200),
    Row(
        "intake:referral-answer",
        referral,
        methods=["POST"],
        everyone=403,
        partner=200,
        other_partner=404,
        administrator=200,
    ),
    Row("intake:referral-answer", referral, everyone=403, partner=405, other_partner=404, administrator=405),
    Row(
        "intake:referral-feedback",
        referral,
        methods=["POST"],
        everyone=403,
        partner=200,
        other_partner=404,
        administrator=200,
    ),
    Row("intake:referral-feedback", referral, everyone=403, partner=405, other_partner=404, administrator=405),
    # Its owner alone, and operators to open another one: nobody else learns that there is such a page.
    *(Row("intake:safeguarding-create", person, methods=[m], everyone=404, operator=200) for m in ("GET", "POST")),
    Row("intake:safeguarding-list", everyone=404, operator=200),
    *(Row("intake:safeguarding", restricted, methods=[m], everyone=404, operator=200) for m in ("GET", "POST")),
    Row("intake:safeguarding-step", add_to_restricted, methods=["POST"], everyone=404, operator=200),
    # Whoever holds the link; posted without a word it says what is missing.
    *(Row("intake:outside-link", outside_link, methods=[m], everyone=200, anonymous=200) for m in ("GET", "POST")),
]


def form(world):
    return {"key": world.interview.sheet.questionnaire.key}


def form_part(world):
    return {**form(world), "section": "wishes"}


def form_question(world):
    return {**form_part(world), "question": "wish"}


# Forms are the coordinators': an administrator stands in. The world's form has a draft.
ROWS += [
    Row(f"intake:{name}", kwargs, methods=[method], everyone=403, coordinator=status, administrator=status)
    for name, kwargs, method, status in (
        ("questionnaires", lambda world: {}, "GET", 200),
        ("questionnaire", form, "GET", 200),
        ("questionnaire-version", lambda world: {**form(world), "version": 1}, "GET", 200),
        ("questionnaire-start", form, "POST", 302),
        ("questionnaire-step", form, "POST", 404),
        ("questionnaire-title", form, "GET", 200),
        ("questionnaire-title", form, "POST", 200),
        ("form-section-create", form, "GET", 200),
        ("form-section-create", form, "POST", 200),
        ("form-section", form_part, "GET", 200),
        ("form-section", form_part, "POST", 200),
        ("form-question-create", form_part, "GET", 200),
        ("form-question-create", form_part, "POST", 200),
        ("form-question", form_question, "GET", 200),
        ("form-question", form_question, "POST", 200),
    )
]

desk("summary-create", interview, administrator=403)
ROWS.append(
    Row(
        "intake:summary-pdf",
        lambda world: {"pk": world.summary.interview_id},
        everyone=404,
        young=200,
        other_young=404,
        operator=200,
    )
)
