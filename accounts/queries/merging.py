"""What hangs on two records of one person, and where each row goes when they are made one.

Found in the models themselves: whatever points to a person, in any room, moves without having to be named here.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.db.models import CharField, Q, QuerySet, TextField, UniqueConstraint, Value
from django.db.models.functions import Cast, Concat
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.hooks import fold_of, name_in_merges
from accounts.models import PersonMerge, YoungPerson

# What the kept record takes over where it says nothing itself. Those in one line go together or not at all.
FILLED = (
    ("preferred_name",),
    ("gender",),
    ("email",),
    ("phone",),
    ("municipality", "municipio"),
    ("citizenship",),
    ("education",),
    ("employment",),
    ("birth_place", "birth_country"),
    ("fiscal_code", "fiscal_code_verified_at", "fiscal_code_verified_by"),
    ("safe_contact", "safe_contact_note", "safe_channel", "safe_address"),
    ("unaccompanied",),
    ("last_seen_on",),
)
# Shown in the table, in this order; the rest of FILLED goes along unseen.
SHOWN = ("birth_date", "fiscal_code", "phone", "email", "preferred_name", "municipality", "education", "employment")
# These rows are about merges: they stay where they are.
NEVER_MOVED = {PersonMerge}


@dataclass
class Part:
    """The rows of one model that point to the two: by keys. `clashing` are those of the merged one that cannot move."""

    model: type
    column: Any
    kept: set = field(default_factory=set)
    merged: set = field(default_factory=set)
    clashing: dict = field(default_factory=dict)

    @property
    def moving(self) -> set:
        return self.merged - set(self.clashing)


def parts_of(kept, merged) -> list[Part]:
    """Each kind of row that points to one of two rows of a model, with what would be there twice: one query."""
    parts = [
        Part(relation.related_model, relation.field)
        for relation in type(kept)._meta.related_objects
        if not relation.many_to_many and relation.related_model not in NEVER_MOVED
    ]
    asked = [rows for number, part in enumerate(parts) for rows in _rows_of(part, number, kept.pk, merged.pk)]
    rows = asked[0].union(*asked[1:], all=True) if asked else []
    keys = defaultdict(lambda: (defaultdict(list), defaultdict(list)))
    for number, rule, owner, pk, key in rows:
        part, is_kept = parts[number], owner == str(kept.pk)
        if rule < 0:
            (part.kept if is_kept else part.merged).add(pk)
        else:
            keys[number, rule][0 if is_kept else 1][key].append(pk)
    for (number, _rule), (ours, theirs) in keys.items():
        for key, found in theirs.items():
            if key in ours:
                parts[number].clashing.update(dict.fromkeys(found, ours[key][0]))
    return [part for part in parts if part.kept or part.merged]


def _rows_of(part, number, *owners):
    """Queries of (part, rule, whose, key of the row, what must be there once): all rows, then those of each rule."""
    name, everything = part.column.name, part.model._base_manager.order_by()
    mine = everything.filter(**{f"{name}__in": owners})
    yield mine.values_list(*_columns(part, number, -1, []))
    for rule, (others, condition) in enumerate(_said_once(part)):
        once = mine.filter(condition, **{f"{other}__isnull": False for other in others})
        yield once.values_list(*_columns(part, number, rule, others))


def _columns(part, number, rule, others):
    said = [Cast(other, TextField()) for other in others]
    between = [piece for column in said for piece in (Value("|", output_field=TextField()), column)]
    key = Concat(Value(""), *between, output_field=TextField()) if between else Value("", output_field=TextField())
    owner, pk = (Cast(name, CharField()) for name in (part.column.attname, "pk"))
    return Value(number), Value(rule), owner, pk, key


def _said_once(part):
    """(the other fields, the condition) of each rule that lets a row be there once for its owner."""
    name = part.column.name
    if part.column.unique:
        yield [], Q()
    for constraint in part.model._meta.constraints:
        if isinstance(constraint, UniqueConstraint) and name in constraint.fields:
            yield [other for other in constraint.fields if other != name], constraint.condition or Q()


def pairs_to_fold(parts) -> list[tuple]:
    """(kept row, merged row) of what clashes and can become one."""
    pairs = []
    for part in parts:
        if part.clashing and fold_of(part.model):
            keys = {*part.clashing, *part.clashing.values()}
            rows = {str(row.pk): row for row in part.model._base_manager.filter(pk__in=keys)}
            pairs += [(rows[kept], rows[merged]) for merged, kept in sorted(part.clashing.items())]
    return pairs


def filled_from(kept, merged) -> list[dict]:
    """The values that the kept record takes over, those that belong together in one dict."""
    taken = []
    for names in FILLED:
        ours, theirs = getattr(kept, names[0]), getattr(merged, names[0])
        if names[0] == "last_seen_on":
            wanted = theirs is not None and (ours is None or theirs > ours)
        elif names[0] == "fiscal_code":
            # A code that was verified says more than one that was typed.
            verified = merged.fiscal_code_verified_at and not kept.fiscal_code_verified_at
            wanted = theirs and (not ours or verified)
        else:
            wanted = theirs and not ours
        if wanted:
            taken.append({name: getattr(merged, name) for name in names})
    return taken


def obstacles(kept, merged) -> list[str]:
    """Why the two cannot be made one, in sentences; empty: they can."""
    said = []
    if kept.pk == merged.pk:
        said.append(_("This is the same record."))
    if kept.merged_into_id or merged.merged_into_id:
        said.append(_("One of the two was merged already: work with the record that stayed."))
    if kept.anonymised_at or merged.anonymised_at:
        said.append(_("One of the two has no name any more."))
    if kept.limited_at or merged.limited_at:
        said.append(_("Of one of the two the data may not be used now: the person asked for it."))
    if (
        kept.fiscal_code_verified_at
        and merged.fiscal_code_verified_at
        and kept.fiscal_code
        and kept.fiscal_code != merged.fiscal_code
    ):
        said.append(_("Both codes were verified, and they differ: these are two people."))
    return said


@dataclass(frozen=True)
class Row:
    """One line of the table: what it is, what each of the two has, and what comes of it."""

    what: str
    stays: str
    joins: str
    after: str
    warns: bool = False


def merge_preview(kept: YoungPerson, merged: YoungPerson) -> list[Row]:
    """What goes where, as a table: first what is said of the two, then what hangs on them."""
    return [*_rows_of_fields(kept, merged), *_row_of_accounts(kept, merged), *_rows_of_parts(kept, merged)]


STAYS, GOES_OVER = gettext_lazy("stays as it is"), gettext_lazy("goes over")


def _rows_of_fields(kept, merged):
    taken = {name for values in filled_from(kept, merged) for name in values}
    yield Row(_("Name and surname"), kept.full_name, merged.full_name, str(STAYS))
    for name in SHOWN:
        ours, theirs = _said(kept, name), _said(merged, name)
        if not ours and not theirs:
            continue
        label = str(YoungPerson._meta.get_field(name).verbose_name).capitalize()
        differ = name in ("birth_date", "fiscal_code") and ours and theirs and ours != theirs
        after = str(GOES_OVER) if name in taken and not ours else str(STAYS)
        if differ:
            after = _("Different birth dates") if name == "birth_date" else _("Different codes: two people, or a slip")
        yield Row(label, ours or "–", theirs or "–", after, warns=bool(differ))


def _said(person, name) -> str:
    if name == "birth_date":
        return date_format(person.birth_date, "d/m/Y")
    shown = getattr(person, f"get_{name}_display", None)
    return str(shown() if shown else getattr(person, name))


def _row_of_accounts(kept, merged):
    ours, theirs = (str(person.user.email or person.user.phone) if person.user else "" for person in (kept, merged))
    if not theirs:
        return
    after = GOES_OVER if not ours else _("%(closed)s can no longer be used to sign in") % {"closed": theirs}
    yield Row(_("Account"), ours or "–", theirs, str(after), warns=bool(ours))


def _rows_of_parts(kept, merged):
    counted = {}
    todo = [(kept, merged)]
    while todo:
        parts = parts_of(*todo.pop())
        pairs = pairs_to_fold(parts)
        todo += pairs
        for part in parts:
            label = name_in_merges(part.model)
            numbers = counted.setdefault(label, [0, 0, 0, 0, 0])
            folded = len(part.clashing) if fold_of(part.model) else 0
            added = (len(part.kept), len(part.merged), len(part.moving), folded, len(part.clashing) - folded)
            counted[label] = [a + b for a, b in zip(numbers, added, strict=True)]
    for label, (ours, theirs, moving, folded, left) in counted.items():
        words = [(moving, _("goes over")), (folded, _("put together")), (left, _("stays readable in the file"))]
        after = ", ".join(f"{number} {word}" for number, word in words if number) or str(STAYS)
        yield Row(label[:1].upper() + label[1:], str(ours), str(theirs), after, warns=bool(left))


def merges_into(person) -> QuerySet[PersonMerge]:
    """The merges in force into this record, for a condition in another query."""
    return PersonMerge.objects.filter(kept=person, undone_at=None)


def merges_about(person) -> list[PersonMerge]:
    """The merges in force into this record, the latest first."""
    return list(merges_into(person).select_related("merged").defer("moves", "values", "reason"))
