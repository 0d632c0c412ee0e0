"""What beat wakes, and when: thin tasks that scan for what is due. Nothing relies on a long delay in the broker."""

from celery.schedules import crontab

CELERY_BEAT_SCHEDULE = {
    "send what a crash left": {"task": "foundation.communications.tasks.sweep_outbox", "schedule": 30.0},
    "send digests": {"task": "foundation.communications.tasks.send_digests", "schedule": crontab(minute="*/15")},
    "write due reminders": {"task": "intake.tasks.write_due_reminders", "schedule": crontab(minute="*/5")},
    "tell of earlier hours": {"task": "intake.tasks.tell_earlier_hours", "schedule": crontab(minute="2-59/5")},
    "ask how it goes": {"task": "intake.tasks.ask_due_follow_ups", "schedule": crontab(minute=35)},
    "tell operators what changed": {"task": "intake.tasks.tell_operators", "schedule": crontab(minute="4-59/5")},
    "forget past changes": {"task": "intake.tasks.forget_past_changes", "schedule": crontab(hour=0, minute=25)},
    "remind of referrals": {"task": "intake.tasks.remind_of_referrals", "schedule": crontab(hour=9, minute=20)},
    "remind of restricted records": {
        "task": "intake.tasks.remind_of_safeguarding",
        "schedule": crontab(hour=8, minute=30),
    },
    "forget past queues": {"task": "intake.tasks.forget_past_queues", "schedule": crontab(hour=0, minute=20)},
    "forget who waits on the list of a group": {
        "task": "intake.tasks.forget_old_entries",
        "schedule": crontab(hour=0, minute=27),
    },
    "forget whom nobody met for a year": {
        "task": "intake.tasks.forget_old_contacts",
        "schedule": crontab(hour=0, minute=25),
    },
    "offer the hours of one day more": {"task": "intake.tasks.write_all_slots", "schedule": crontab(hour=0, minute=3)},
    "pass on the places that nobody answered for": {
        "task": "pathways.tasks.lapse_offers",
        "schedule": 300.0,
        "options": {"expires": 300},
    },
    "tell of changed sessions": {
        "task": "pathways.tasks.tell_session_changes",
        "schedule": 60.0,
        "options": {"expires": 60},
    },
    "refresh the catalogue's dates": {
        "task": "pathways.tasks.refresh_next_starts",
        "schedule": crontab(hour=0, minute=7),
    },
    "renew the words of the catalogue": {"task": "pathways.tasks.renew_words", "schedule": crontab(hour=0, minute=9)},
    "tell of news": {"task": "pathways.tasks.tell_of_news", "schedule": crontab(hour="17,18,19", minute=10)},
    "ask about activities": {"task": "pathways.tasks.ask_about_activities", "schedule": crontab(minute=50)},
    "remind of accompanied paths": {"task": "pathways.tasks.remind_of_paths", "schedule": crontab(minute=40)},
    "resume reports": {
        "task": "reporting.tasks.resume_reports",
        "schedule": 30.0,
        "options": {"expires": 30},
    },
    "resume certificates": {
        "task": "pathways.tasks.resume_certificates",
        "schedule": 30.0,
        "options": {"expires": 30},
    },
    "resume copies of data": {
        "task": "accounts.tasks.resume_copies",
        "schedule": 60.0,
        "options": {"expires": 60},
    },
    "forget copies of data": {"task": "accounts.tasks.forget_copies", "schedule": crontab(hour=4, minute=40)},
    "remind of requests": {"task": "accounts.tasks.remind_of_requests", "schedule": crontab(hour=8, minute=10)},
    "remind of papers": {"task": "accounts.tasks.remind_of_papers", "schedule": crontab(hour=8, minute=20)},
    "forget old sessions": {"task": "accounts.tasks.clear_sessions", "schedule": crontab(hour=4, minute=10)},
    "count figures": {
        "task": "reporting.tasks.refresh_figures",
        "schedule": 60.0,
        "options": {"expires": 60},
    },
    "seal what happened": {"task": "foundation.privacy.tasks.seal", "schedule": 60.0, "options": {"expires": 60}},
    "keep the day's last hash": {
        "task": "foundation.privacy.tasks.keep_hash",
        "schedule": crontab(hour=0, minute=5),
    },
    "verify the chain of seals": {
        "task": "foundation.privacy.tasks.verify_chain",
        "schedule": crontab(hour=3, minute=20),
    },
    "close what was not signed in its time": {
        "task": "foundation.documents.tasks.expire_requests",
        "schedule": crontab(minute=20),
    },
    "remind who has to sign": {
        "task": "foundation.documents.tasks.remind_signers",
        "schedule": crontab(hour=9, minute=0),
    },
    "check that documents are as they were made": {
        "task": "foundation.documents.tasks.check_documents",
        "schedule": crontab(day_of_week="sunday", hour=2, minute=30),
    },
    "ask whether activities are still right": {
        "task": "pathways.tasks.keep_catalogue_fresh",
        "schedule": crontab(hour=7, minute=40),
    },
    "follow suspensions of internships": {
        "task": "internships.tasks.follow_suspensions",
        "schedule": crontab(hour=0, minute=11),
    },
    "ask how internships were": {
        "task": "internships.tasks.ask_evaluations",
        "schedule": crontab(hour="9-20", minute=55),
    },
    "ask again how internships were": {
        "task": "internships.tasks.remind_evaluations",
        "schedule": crontab(hour=10, minute=25),
    },
    "ask what became of interns": {"task": "internships.tasks.ask_later", "schedule": crontab(hour=10, minute=5)},
    "remind of what is due for internships": {
        "task": "internships.tasks.remind_of_todos",
        "schedule": crontab(hour=8, minute=35),
    },
    "watch applications without an answer": {
        "task": "internships.tasks.watch_applications",
        "schedule": crontab(hour=9, minute=5),
    },
    "hand over at eighteen": {"task": "accounts.tasks.hand_over_at_18", "schedule": crontab(hour=0, minute=15)},
    "let go of data whose time is over": {
        "task": "accounts.tasks.run_retention",
        "schedule": crontab(hour=4, minute=30),
    },
}
