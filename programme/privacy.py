"""What this room's fields are, for the register: the project as data, nobody's personal ones."""

from foundation.privacy.registry import PUBLIC, classify


def classify_fields():
    public = {
        "Organisation": "code name short_name website",
        "Edition": "code name kind is_demo starts_on ends_on min_age max_age territory ties elsewhere call cup "
        "final_payment_on grant_max_share reminder_days",
        "MacroAction": "edition number name kind",
        "Partnership": "edition organisation role is_lead macro_actions",
        "Funder": "edition code name kind organisation amount",
        "CostItem": "edition code name",
        "Target": "edition code name unit value indicator definition macro_actions",
        "BudgetLine": "edition partnership macro_action cost_item funder amount is_demo bears_allowances",
    }
    for model, names in public.items():
        classify(f"programme.{model}", **dict.fromkeys(names.split(), PUBLIC))
