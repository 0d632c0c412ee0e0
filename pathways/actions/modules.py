"""Paths of modules: written and put in order by a partner; taken by young people, all modules or none."""

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts.actions import hold_consents
from foundation.privacy.actions import record
from migwork.errors import NotNow
from pathways import notifications, permissions
from pathways.actions.catalogue import check_edition
from pathways.actions.enrolment import enrol
from pathways.enums import EnrolmentState, ModulePathState, OpportunityState
from pathways.models import Enrolment, Module, ModulePath, Opportunity, Run
from pathways.queries import modules as queries
from pathways.queries import signatures
from pathways.workflow import MODULE_PATH

FIELDS = ("edition", "organisation", "title", "summary", "goal")
# The fewest that make a path, and the most that anybody would read.
LEAST, MOST = 2, 12
# A word that the addresses of the partner's pages use.
_RESERVED = {"nuovo"}


@transaction.atomic
def save_module_path(*, path=None, by, now, **fields) -> ModulePath:
    """Write a new path of modules (a draft), or change its words. By the partner's staff or a coordinator.

    `fields` are any of FIELDS. Its address never changes.
    """
    if unknown := set(fields) - set(FIELDS):
        raise TypeError(f"no such fields: {sorted(unknown)}")
    is_new = path is None
    if is_new:
        path = ModulePath(created_at=now, slug=_free_slug(fields["title"]))
    else:
        path = _locked(path)
        permissions.check_can_edit_module_path(by, path)
    changed = [name for name, value in fields.items() if is_new or getattr(path, name) != value]
    for name in changed:
        setattr(path, name, fields[name])
    permissions.check_can_edit_module_path(by, path)
    check_edition(path.edition_id)
    path.save()
    verb = "pathways.module_path_created" if is_new else "pathways.module_path_changed"
    record(verb=verb, by=by, now=now, on=path, fields=changed)
    return path


def _free_slug(title: str) -> str:
    base = slugify(title)[:100].strip("-") or "percorso"
    taken = set(ModulePath.objects.filter(slug__startswith=base).values_list("slug", flat=True)) | _RESERVED
    slug, number = base, 1
    while slug in taken:
        number += 1
        slug = f"{base}-{number}"
    return slug


def _locked(path) -> ModulePath:
    return ModulePath.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=path.pk)


@transaction.atomic
def arrange_modules(*, path, opportunity, verb: str, by, now) -> ModulePath:
    """Add an activity at the end ("add"), take one out ("drop"), or let it change places with the one before ("up").

    By the partner's staff or a coordinator. NotNow where that leads nowhere any more.
    """
    path = _locked(path)
    permissions.check_can_edit_module_path(by, path)
    order = list(path.modules.order_by("position").values_list("opportunity_id", flat=True))
    if (opportunity.pk in order) == (verb == "add"):
        raise NotNow(_("Somebody was faster: look at the modules again."), code="order")
    if verb == "add":
        if len(order) >= MOST:
            raise NotNow(_("A path has %(n)s modules at most.") % {"n": MOST}, code="many")
        _check_may_be_module(path, Opportunity.objects.select_for_update().get(pk=opportunity.pk))
        order.append(opportunity.pk)
    elif verb == "drop":
        order.remove(opportunity.pk)
        if path.state == ModulePathState.PUBLISHED and len(order) < LEAST:
            raise NotNow(_("Take the path off the catalogue first: it needs two modules."), code="few")
    elif verb == "up":
        at = order.index(opportunity.pk)
        if at:
            order[at - 1], order[at] = order[at], order[at - 1]
    else:
        raise TypeError(verb)
    path.modules.all().delete()
    Module.objects.bulk_create([Module(path=path, opportunity_id=pk, position=n) for n, pk in enumerate(order, 1)])
    record(verb="pathways.module_path_changed", by=by, now=now, on=path, fields=["modules"])
    return path


def _check_may_be_module(path, opportunity) -> None:
    context = {"title": opportunity.title}
    if opportunity.edition_id != path.edition_id or opportunity.state != OpportunityState.PUBLISHED:
        raise NotNow(_("“%(title)s” is not in the catalogue now.") % context, code="state")
    if not opportunity.situations:
        raise NotNow(_("Say first for whom “%(title)s” was thought: each module names it.") % context, code="whom")


@transaction.atomic
def change_module_path(*, path, verb: str, by, now) -> ModulePath:
    """Publish a path, or take it off the catalogue (workflow.MODULE_PATH).

    By the partner's administrator or a coordinator. NotNow while a module lacks something.
    """
    path = _locked(path)
    permissions.check_can_publish_module_path(by, path)
    path.state = MODULE_PATH.target(path.state, verb)
    if verb == "publish":
        modules = queries.modules_in(path)
        if len(modules) < LEAST:
            raise NotNow(_("A path has two modules at least: add one."), code="few")
        for module in modules:
            _check_may_be_module(path, module.opportunity)
    path.save(update_fields=["state"])
    record(verb=f"pathways.module_path_{verb}", by=by, now=now, on=path, fields=["state"])
    return path


@transaction.atomic
def enrol_in_modules(*, path, runs, participation, by, now) -> list[Enrolment]:
    """A place in each of `runs`, one for every module that is neither done nor under way: all of them, or none.

    By the young person or an operator; each place is given as `enrol` gives it. NotNow with the module and the reason
    as soon as one has no free place. One message tells of all.
    """
    permissions.check_can_enrol(by, participation)
    path = ModulePath.objects.get(pk=path.pk)
    if path.state != ModulePathState.PUBLISHED:
        raise NotNow(_("This path is not on offer now."), code="state")
    # In the order of all actions here: consents, then every run, by its key, then what `enrol` locks.
    hold_consents(person=participation.person_id, codes=signatures.PURPOSES)
    locked = Run.objects.select_for_update(of=("self",)).select_related("opportunity")
    chosen = {run.opportunity_id: run for run in locked.filter(pk__in=[run.pk for run in runs]).order_by("pk")}
    stand = queries.standing(path, participation)
    wanted = [m.opportunity for m in queries.modules_in(path) if m.opportunity_id not in stand]
    if not wanted:
        raise NotNow(_("You have a place in every module already."), code="again")
    for opportunity in wanted:
        if opportunity.pk not in chosen:
            raise NotNow(_("Choose the dates of “%(title)s”.") % {"title": opportunity.title}, code="dates")
    if len(chosen) != len(wanted) or len(runs) != len(wanted):
        raise NotNow(_("Choose the dates again: something has changed meanwhile."), code="dates")
    under_way = [e.run for e in stand.values() if e.state != EnrolmentState.COMPLETED]
    _check_apart([*chosen.values(), *under_way])
    enrolments = [_place(chosen[opportunity.pk], participation, by=by, now=now) for opportunity in wanted]
    notifications.modules_enrolled(path, enrolments, now=now)
    return enrolments


def _check_apart(runs) -> None:
    clash = queries.first_clash(runs)
    if clash:
        one, other = (session.run.opportunity.title for session in clash)
        sentence = _("“%(one)s” and “%(other)s” meet at the same time: choose other dates for one of them.")
        raise NotNow(sentence % {"one": one, "other": other}, code="clash")


def _place(run, participation, *, by, now) -> Enrolment:
    """A place, not a turn on the list."""
    title = {"title": run.opportunity.title}
    try:
        enrolment = enrol(run=run, participation=participation, tell=False, by=by, now=now)
    except NotNow as reason:
        raise NotNow(_("“%(title)s”: %(why)s") % {**title, "why": reason.message}, code=reason.code) from reason
    if enrolment.state != EnrolmentState.ENROLLED:
        sentence = _(
            "The last place of “%(title)s” on these dates has just gone: choose others. Nothing is booked yet."
        )
        raise NotNow(sentence % title, code="full")
    return enrolment
