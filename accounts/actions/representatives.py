"""Every write about who signs for a minor: naming them, asking them, their answers, and the end at eighteen."""

from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts import hooks, notifications, policies, queries
from accounts.enums import ConsentBy, ConsentState, EndOfRepresentation, PaperType, RepresentativeKind
from accounts.models import Consent, LegalRepresentative, Purpose, Representation, YoungPerson
from accounts.models.people import OF_AGE
from accounts.permissions import (
    can_add_representative,
    can_check_identity,
    can_mark_safe_contact,
    check,
    is_operator,
)
from foundation.communications.enums import Channel
from foundation.documents import actions as documents
from foundation.documents import pdf
from foundation.documents.enums import (
    Assurance,
    ContactSource,
    LinkChannel,
    SignatureState,
    SignerRole,
    SignerState,
)
from foundation.documents.models import PaperKind, SignatureRequest
from foundation.privacy.actions import record
from migwork.errors import NotNow
from migwork.text import sort_key

# How often one may have the same link sent anew.
ONE_DAY = timedelta(days=1)
MOST_A_DAY = 3


@transaction.atomic
def load_purposes(*, papers: list[dict], purposes: list[dict], now: datetime) -> int:
    """Add the kinds of paper and the purposes that are not there yet; what an administrator changed stays. How many."""
    new = documents.load_papers(papers=papers, now=now)
    kinds = {kind.code: kind for kind in PaperKind.objects.all()}
    for purpose in purposes:
        values = {**purpose, "paper": kinds[purpose["paper"]] if "paper" in purpose else None}
        row, created = Purpose.objects.get_or_create(code=purpose["code"], defaults=values)
        if created:
            record(verb="accounts.purpose_added", by=None, now=now, on=row)
        new += created
    return new


@transaction.atomic
def add_representative(
    *,
    person,
    kind: RepresentativeKind,
    first_name: str,
    last_name: str,
    email: str = "",
    phone: str = "",
    fiscal_code: str = "",
    language: str = "it",
    by,
    now: datetime,
) -> Representation:
    """Name who signs for a minor: one or two adults. By the young person, or an operator.

    What the young person writes serves to tell the adult; it proves nothing. An operator who names an adult whom
    staff have written down for another minor gets the same one, so that one adult is one row.
    """
    check(can_add_representative(by, person))
    person = YoungPerson.objects.select_for_update().get(pk=person.pk)
    if person.age_on(timezone.localdate(now)) >= OF_AGE:
        raise NotNow(_("From 18 on everybody signs for themselves."), code="of_age")
    taken = set(Representation.objects.filter(person=person, ended_at=None).values_list("order", flat=True))
    free = [order for order in (1, 2) if order not in taken]
    if not free:
        raise NotNow(_("There are two representatives already: end one first."), code="two")
    own = by.pk == person.user_id
    if own:
        # SPID and CIE are compared with it: a minor would name the code of a friend.
        fiscal_code = ""
    representative = None if own else _known(first_name, last_name, email, phone, fiscal_code)
    if representative is None:
        representative = LegalRepresentative.objects.create(
            first_name=first_name,
            last_name=last_name,
            email=email,
            phone=phone,
            fiscal_code=fiscal_code,
            language=language,
            contact_from=ContactSource.MINOR if own else ContactSource.STAFF,
            sort_key=sort_key(last_name, first_name),
            created_at=now,
            created_by=by,
        )
    if Representation.objects.filter(person=person, representative=representative, ended_at=None).exists():
        raise NotNow(_("This adult signs for this person already."), code="twice")
    representation = Representation.objects.create(
        person=person,
        representative=representative,
        kind=RepresentativeKind(kind),
        order=free[0],
        since=timezone.localdate(now),
    )
    record(verb="accounts.representative_added", by=by, now=now, on=representation, about=person)
    return representation


def _known(first_name, last_name, email, phone, fiscal_code) -> LegalRepresentative | None:
    """An adult whom staff have written down already: the same code, or the same name with the same address."""
    theirs = LegalRepresentative.objects.exclude(contact_from=ContactSource.MINOR)
    if fiscal_code:
        return theirs.filter(fiscal_code=fiscal_code).first()
    same = theirs.filter(sort_key=sort_key(last_name, first_name))
    if phone and (found := same.filter(phone=phone).first()):
        return found
    return same.filter(email__iexact=email).first() if email else None


@transaction.atomic
def check_identity(
    *, representative, paper: PaperType, email: str, phone: str, fiscal_code: str = "", by, now: datetime
) -> LegalRepresentative:
    """Note that an operator saw the adult's paper, and by which address they themselves want to be reached.

    From now on a link with a code is enough for them, in what waits for their signature too.
    """
    check(can_check_identity(by))
    representative = LegalRepresentative.objects.select_for_update().get(pk=representative.pk)
    representative.identity_checked_at, representative.identity_checked_by = now, by
    representative.identity_paper = PaperType(paper)
    representative.email, representative.phone = email, phone
    representative.fiscal_code = fiscal_code or representative.fiscal_code
    representative.contact_from = ContactSource.SIGNER
    representative.save()
    moved = documents.know_signer(
        party=representative.pk,
        email=email,
        phone=phone,
        fiscal_code=representative.fiscal_code,
        contact_from=ContactSource.SIGNER,
        by=by,
        now=now,
    )
    for signer in moved:
        if not _of(signer).safe_contact:
            documents.send_link(signer=signer, channel=channel_of(signer), by=None, now=now)
    for representation in Representation.objects.filter(representative=representative, ended_at=None):
        record(verb="accounts.identity_checked", by=by, now=now, on=representative, about=representation.person_id)
    return representative


@transaction.atomic
def end_representation(*, representation, why: EndOfRepresentation, by, now: datetime) -> Representation:
    """Somebody signs for the minor no more: their links die at once, and what they were asked has to be asked anew.

    By an operator, or by the day itself (`by` None, at eighteen).
    """
    check(by is None or can_check_identity(by))
    YoungPerson.objects.select_for_update().get(pk=representation.person_id)
    representation = Representation.objects.select_for_update().get(pk=representation.pk)
    if representation.ended_at:
        raise NotNow(_("This representation has ended already."), code="ended")
    representation.ended_at, representation.ended_why = now, EndOfRepresentation(why)
    representation.save(update_fields=["ended_at", "ended_why"])
    record(verb="accounts.representation_ended", by=by, now=now, on=representation, about=representation.person_id)
    known_as = queries.ids_of(representation.person)
    for request in SignatureRequest.objects.filter(
        about__in=known_as,
        state=SignatureState.OPEN,
        signers__party=representation.representative_id,
        signers__state=SignerState.WAITING,
    ):
        documents.cancel(request=request, by=by, now=now)
    # After the requests, as whoever signs locks them: request first, then the link.
    documents.stop_links(party=representation.representative_id, abouts=known_as, now=now, used=True)
    return representation


@transaction.atomic
def ask_consent(*, person, purpose: Purpose, by, now: datetime) -> Consent:
    """Ask a minor's representatives to consent to `purpose`: makes the document and sends each their link.

    By the young person, an operator, or the portal (`by` None) when an action needs it. To whom there is no safe
    way nothing is sent: an operator prints the letter, or takes the signed paper.
    """
    check(by is None or can_add_representative(by, person))
    person = YoungPerson.objects.select_for_update().get(pk=person.pk)
    live = queries.live_representations(person)
    age = person.age_on(timezone.localdate(now))
    latest = Consent.objects.filter(person=person, purpose=purpose).order_by("-asked_at", "-pk").first()
    need = policies.what_is_needed(purpose, age=age, live=len(live), state=latest.state if latest else "")
    if need.gap not in ("ask", "refused"):
        raise NotNow(
            queries.sentence_of(need.gap, what=queries.in_words(purpose.name))
            or _("Nobody else's signature is needed for this."),
            code=need.gap or "met",
        )
    consent = Consent.objects.create(
        person=person, purpose=purpose, version=purpose.version, state=ConsentState.ASKED, asked_at=now
    )
    consent.request = documents.ask(
        kind=purpose.paper.code,
        document=_document(consent, live, by, now),
        about=person,
        on=consent,
        signers=[_signer(representation.representative) for representation in live],
        by=by,
        now=now,
        all_must=need.how_many == len(live),
    )
    consent.save(update_fields=["request"])
    record(verb="accounts.consent_asked", by=by, now=now, on=consent, about=person)
    if not person.safe_contact:
        for signer in consent.request.signers.all():
            if channel := channel_of(signer):
                documents.send_link(signer=signer, channel=channel, by=None, now=now)
    return consent


def ask_when_needed(*, person, code: str, now: datetime) -> Consent | None:
    """Ask the representatives for what a step of a minor needs, if it can be asked now. The step itself goes on."""
    on = timezone.localdate(now)
    if person.age_on(on) >= OF_AGE:
        return None
    row = next((row for row in queries.consent_rows(person, on) if row.purpose.code == code), None)
    if row is None or row.need.gap != "ask":
        return None
    try:
        return ask_consent(person=person, purpose=row.purpose, by=None, now=now)
    except NotNow:
        # Somebody was faster, or no PDF can be made here: the page says that the signature is missing.
        return None


def hold_consents(*, person, codes) -> None:
    """Until the transaction ends nobody answers for these purposes; an answer that is being written is waited for.

    For a step that rests on a consent: taken before any row of the step itself, as a refusal takes it.
    """
    live = Consent.objects.filter(
        person=person, purpose__code__in=codes, state__in=[ConsentState.ASKED, ConsentState.GIVEN]
    )
    list(live.select_for_update(of=("self",)).order_by("pk").values_list("pk", flat=True))


def channel_of(signer) -> LinkChannel | None:
    """How a link can be sent to a signer; None: only by a letter or by hand."""
    if signer.email:
        return LinkChannel.EMAIL
    return LinkChannel.SMS if signer.phone else None


def _signer(representative) -> documents.SignerData:
    return documents.SignerData(
        role=SignerRole.REPRESENTATIVE,
        name=representative.full_name,
        party=representative.pk,
        language=representative.language,
        email=representative.email,
        phone=representative.phone,
        contact_from=representative.contact_from,
        identity_checked=representative.identity_checked_at is not None,
        fiscal_code=representative.fiscal_code,
    )


def _document(consent, live, by, now):
    language = live[0].representative.language
    with override(language):
        name, text = queries.in_words(consent.purpose.name), queries.in_words(consent.purpose.text)
        title = _("Consent: %(what)s") % {"what": name}
    try:
        return documents.make_document(
            kind="consent",
            title=title,
            language=language,
            template="accounts/documents/consent.html",
            context={
                "person": consent.person,
                "representations": live,
                "text": text.replace("{called}", consent.person.full_name),
                "version": consent.version,
            },
            by=by,
            now=now,
            about=consent.person,
        )
    except pdf.Unavailable as error:
        raise NotNow(str(error), code="pdf") from error


_ANSWERED = {
    SignatureState.SIGNED: ConsentState.GIVEN,
    SignatureState.REFUSED: ConsentState.REFUSED,
    SignatureState.CANCELLED: ConsentState.ENDED,
    SignatureState.EXPIRED: ConsentState.ENDED,
}


def take_answer(*, request, now) -> None:
    """The representatives have answered, or need not any more (documents.hooks.request_closed)."""
    consent = queries.consent_of(request)
    if consent is None:
        return
    consent = Consent.objects.select_for_update(of=("self",)).select_related("person", "purpose").get(pk=consent.pk)
    if consent.state != ConsentState.ASKED:
        return
    consent.state = _ANSWERED[request.state]
    if consent.state == ConsentState.ENDED:
        consent.ended_at = now
    else:
        consent.decided_at, consent.by_whom = now, _by_whom(request)
    consent.save(update_fields=["state", "decided_at", "by_whom", "ended_at"])
    record(verb=f"accounts.consent_{consent.state}", by=None, now=now, on=consent, about=consent.person_id)
    if consent.state == ConsentState.REFUSED:
        _deny(consent, now)
    elif consent.state == ConsentState.GIVEN:
        notifications.consent_answered(consent, now=now)
    elif request.state == SignatureState.EXPIRED:
        notifications.consent_unanswered(consent, _who_takes_on(consent.person, request), now=now)


def _who_takes_on(person, request) -> list:
    """Who has to think of another way: in whose hands the person is, else the operator who asked."""
    followers = {user.pk: user for users in hooks.who_follows.call(person=person) for user in users}
    asked_by = request.asked_by
    if not followers and asked_by and asked_by.is_active and is_operator(asked_by):
        return [asked_by]
    return list(followers.values())


def _deny(consent, now) -> None:
    """What rests on this consent ends; the person hears of both in one message."""
    if not any(hooks.consent_denied.call(consent=consent, now=now)):
        notifications.consent_answered(consent, now=now)


def _by_whom(request) -> ConsentBy:
    how = set(request.signers.exclude(assurance=None).values_list("assurance", flat=True))
    return ConsentBy.PAPER if how == {Assurance.PAPER} else ConsentBy.REPRESENTATIVES


def take_withdrawal(*, signer, now) -> None:
    """A representative takes their yes back: the consent ends (documents.hooks.signature_withdrawn)."""
    consent = queries.consent_of(signer.request)
    if consent is None:
        return
    consent = Consent.objects.select_for_update(of=("self",)).select_related("person", "purpose").get(pk=consent.pk)
    if consent.state != ConsentState.GIVEN:
        return
    consent.state, consent.ended_at = ConsentState.WITHDRAWN, now
    consent.save(update_fields=["state", "ended_at"])
    record(verb="accounts.consent_withdrawn", by=None, now=now, on=consent, about=consent.person_id)
    _deny(consent, now)


@transaction.atomic
def stop_what_goes_home(*, person, now: datetime) -> None:
    """Where home is dangerous: nothing leaves any more for who signs for this person, no link of theirs is good."""
    known_as = queries.ids_of(person)
    for pk in known_as:
        notifications.stop_for(pk, now=now)
    for representation in queries.live_representations(person):
        documents.stop_links(party=representation.representative_id, abouts=known_as, now=now)


def _of(signer) -> YoungPerson:
    """For whom they sign: of two records that were made one, the one that stayed."""
    person = YoungPerson.objects.select_related("merged_into").get(pk=signer.request.about)
    return person.merged_into or person


@transaction.atomic
def set_safe_contact(
    *, person, safe: bool, channel: str = "", address: str = "", note: str = "", by, now: datetime
) -> YoungPerson:
    """Mark that messages may go nowhere but to this one address, or that they may go home again. By an operator.

    Links that wait at a representative's are stopped: a reminder must not arrive there either.
    """
    check(can_mark_safe_contact(by))
    person = YoungPerson.objects.select_for_update().get(pk=person.pk)
    person.safe_contact = safe
    person.safe_channel, person.safe_address = (Channel(channel), address) if safe and address else ("", "")
    person.safe_contact_note = note if safe else ""
    person.save(update_fields=["safe_contact", "safe_channel", "safe_address", "safe_contact_note"])
    if safe:
        stop_what_goes_home(person=person, now=now)
    verb = "accounts.safe_contact_set" if safe else "accounts.safe_contact_lifted"
    record(verb=verb, by=by, now=now, on=person, about=person)
    return person


def hand_over_at_18(*, now: datetime) -> int:
    """End the representatives' part for whoever turned eighteen, each in a transaction of their own. How many."""
    today = timezone.localdate(now)
    # Whoever turns eighteen this month or did before; the exact day is asked of each.
    months = Q(birth_date__year__lt=today.year - OF_AGE) | Q(
        birth_date__year=today.year - OF_AGE, birth_date__month__lte=today.month
    )
    people = YoungPerson.objects.filter(months, pk__in=Representation.objects.filter(ended_at=None).values("person"))
    return sum(_hand_over(pk, today, now) for pk in people.values_list("pk", flat=True))


@transaction.atomic
def _hand_over(pk, today, now) -> bool:
    person = YoungPerson.objects.select_for_update().get(pk=pk)
    live = queries.live_representations(person)
    if not live or person.age_on(today) < OF_AGE:
        return False
    for representation in live:
        end_representation(representation=representation, why=EndOfRepresentation.EIGHTEEN, by=None, now=now)
    given = Consent.objects.select_for_update().filter(person=person, state=ConsentState.GIVEN)
    to_ask = [consent.purpose for consent in given.select_related("purpose") if consent.by_whom != ConsentBy.SELF]
    given.exclude(by_whom=ConsentBy.SELF).update(state=ConsentState.ENDED, ended_at=now)
    for purpose in to_ask:
        consent = Consent.objects.create(person=person, purpose=purpose, version=purpose.version, asked_at=now)
        record(verb="accounts.consent_asked", by=None, now=now, on=consent, about=person)
    notifications.came_of_age(person, now=now, to_confirm=bool(to_ask))
    return True


@transaction.atomic
def decide(*, consent, yes: bool, by, now: datetime) -> Consent:
    """Confirm, or not, what a representative had signed: by the person, of age now, for themselves."""
    check(consent.person.user_id == by.pk)
    consent = Consent.objects.select_for_update().get(pk=consent.pk)
    if consent.state != ConsentState.ASKED or consent.request_id:
        raise NotNow(_("There is nothing to decide here any more."), code="decided")
    consent.state = ConsentState.GIVEN if yes else ConsentState.REFUSED
    consent.decided_at, consent.by_whom = now, ConsentBy.SELF
    consent.save(update_fields=["state", "decided_at", "by_whom"])
    record(verb=f"accounts.consent_{consent.state}", by=by, now=now, on=consent, about=consent.person_id)
    return consent


@transaction.atomic
def send_again(*, signer, by, now: datetime) -> None:
    """Send a signer a new link, to the address that is kept. By the person, an operator or the partner.

    Three times a day at most: whoever is asked more often feels pressed.
    """
    channel = channel_of(signer)
    if channel is None:
        raise NotNow(_("There is no e-mail and no number of theirs: print the letter."), code="address")
    if signer.role == SignerRole.REPRESENTATIVE and _of(signer).safe_contact:
        raise NotNow(_("Only a safe contact: nothing is sent home."), code="safe_contact")
    SignatureRequest.objects.select_for_update().get(pk=signer.request_id)
    sent = signer.links.filter(channel__in=[LinkChannel.EMAIL, LinkChannel.SMS], made_by__isnull=False)
    if sent.filter(made_at__gt=now - ONE_DAY).count() >= MOST_A_DAY:
        raise NotNow(_("It was sent three times since yesterday: give them time to read it."), code="often")
    documents.send_link(signer=signer, channel=channel, by=by, now=now)


@transaction.atomic
def make_letter(*, signer, by, now: datetime) -> bytes:
    """The letter to a signer as a PDF, with a link, its square and its code. Nothing of it is kept. By an operator."""
    check(can_check_identity(by))
    person = _of(signer)
    if person.safe_contact:
        raise NotNow(_("Only a safe contact: nothing is sent home."), code="safe_contact")
    if queries.consent_of(signer.request) is None:
        raise NotNow(_("There is no letter for this paper."), code="letter")
    made = documents.send_link(signer=signer, channel=LinkChannel.LETTER, by=by, now=now)
    try:
        return notifications.letter(made, person, now=now)
    except pdf.Unavailable as error:
        raise ValidationError(str(error), code="pdf") from error
