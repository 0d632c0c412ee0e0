"""One person's way, from the first hello as far as time and chance let them come."""

from datetime import timedelta

from django.core.files.base import ContentFile

from accounts import actions as people
from accounts.actions import register_person
from accounts.enums import Education, Employment, PaperType, RepresentativeKind
from accounts.models import User
from foundation.documents import actions as documents
from intake import actions as intake
from intake.enums import ActionKind, AppointmentKind, AppointmentMode, ContactChannel, ReferralPurpose
from internships import actions as internships
from internships.enums import EndedBy, EvidenceKind, SuspensionKind
from migwork.errors import NotNow
from pathways import actions as pathways
from pathways.enums import EnrolmentState
from portal.demo import endings, names, registers
from portal.demo.attempts import attempt
from portal.demo.scan import signed_on_paper
from portal.demo.stage import INTERNSHIP_PARTNERS, Stage

MINUTE = timedelta(minutes=1)
# What a promoter writes for going past a warning of the rules.
GONE_PAST = {"minors_alcohol": "Sta in sala e in cucina: agli alcolici pensa sempre un adulto."}

# How far a hundred people want to go.
AIMS = {"registered": 7, "received": 12, "interviewed": 9, "proposed": 10, "agreed": 10, "activity": 34, "intern": 18}


class Way:
    """The `number`-th person of the demo."""

    def __init__(self, stage: Stage, number: int, opened, *, newcomer: bool):
        self.stage, self.random, self.number = stage, stage.random, number
        self.opened = self.moment(opened)
        # The newest still wait to be received, so that the desk has its queue.
        self.aim = "registered" if newcomer else self.random.choices(list(AIMS), list(AIMS.values()))[0]
        self.operator = stage.operators[number % len(stage.operators)]

    def walk(self):
        """Each step returns when it happened, or None when it is still to come or not wanted."""
        self.register()
        received = self.receive()
        talked = received and self.talk(received)
        proposed = talked and self.plan(talked)
        agreed = proposed and self.agree(proposed)
        if agreed and self.aim in ("activity", "intern"):
            self.enrol(agreed)
        if agreed and self.aim == "intern":
            self.refer(agreed)

    def moment(self, then):
        """`then`, a hair apart from anybody else's: who came first must never hang on a random primary key."""
        return then + timedelta(microseconds=self.number)

    @property
    def self_or_operator(self):
        return self.person.user or self.operator

    def register(self):
        r, number = self.random, self.number
        first, gender, citizenship = r.choice(names.FIRST_NAMES)
        last = r.choice(names.LAST_NAMES)
        self.age = age = round(r.triangular(16, 34, 20))
        born = self.opened.date() - timedelta(days=age * 365 + age // 4 + r.randint(5, 350))
        email = f"persona{number}@posta.example" if number % 5 else ""
        phone = f"+39333{number:07d}" if not email or number % 3 == 0 else ""
        online = number % 4 != 0
        user = None
        if online:
            user = User.objects.create_user(
                email or None,
                phone=None if email else phone,
                phone_verified=not email,
                name=f"{first} {last}",
                date_joined=self.opened,
            )
        in_milan = number % 6 != 0
        offline = [ContactChannel.WALK_IN, ContactChannel.SCHOOL, ContactChannel.PHONE, ContactChannel.SERVICE]
        self.person = register_person(
            user=user,
            first_name=first,
            last_name=last,
            birth_date=born,
            gender=gender,
            citizenship=citizenship,
            tie=r.choices(["lives", "studies", "works"], [80, 12, 8])[0],
            email=email,
            phone=phone,
            municipality="Milano" if in_milan else r.choice(["Sesto San Giovanni", "Rho", "Corsico"]),
            municipio=1 + number % 9 if in_milan else None,
            education=r.choices(list(Education), [4, 30, 8, 14, 30, 1, 1, 8, 4, 0])[0],
            employment=r.choices(list(Employment), [12, 40, 18, 24, 6])[0],
            channel=ContactChannel.WEB if online else r.choice(offline),
            by=None if online else self.operator,
            now=self.opened,
        )
        self.participation = self.person.participations.get()

    def receive(self):
        # Somebody who signed up long ago was called; only the newest still wait.
        if self.aim == "registered" and (self.stage.now - self.opened).days < 30:
            return None
        received = self.stage.later(self.opened, 0, 4)
        if received is None:
            return None
        intake.receive(
            participation=self.participation,
            channel=self.participation.channel,
            need=self.random.choice(names.NEEDS),
            sent_by=self.random.choice(["", "", "Un’amica", "La scuola", "Il centro per l’impiego", "Instagram"]),
            information_given="Corsi in partenza, come funziona il progetto.",
            next_step="Colloquio di un’ora",
            by=self.operator,
            now=received,
        )
        return received

    def talk(self, received):
        """The interview in its appointment; or an appointment in the days to come."""
        talked = None
        if self.aim not in ("registered", "received"):
            talked = self.stage.later(received, 3, 9)
        if talked is None:
            if (self.stage.now - received).days < 25:
                day = self.stage.now.date() + timedelta(days=self.random.randint(0, 6))
                self.book(self.stage.at(day + timedelta(days=max(0, day.weekday() - 4))), booked=received)
            return None
        appointment = self.book(talked, booked=received)
        if appointment is None or appointment.ends_at >= self.stage.now:
            return None
        talked = appointment.ends_at
        intake.record_outcome(appointment=appointment, verb="see", by=self.operator, now=talked)
        interview = intake.start_interview(participation=self.participation, by=self.operator, now=talked)
        for section in interview.sheet.questionnaire.definition["sections"]:
            intake.save_interview_section(
                interview=interview,
                section=section["key"],
                answers={q["key"]: self.answer(q) for q in section["questions"]},
                version=0,
                by=self.operator,
                now=talked,
            )
        intake.complete_interview(interview=interview, by=self.operator, now=talked)
        return talked

    def book(self, starts, *, booked):
        """An appointment at `starts` or the next time the operator is free; None on a full day."""
        for _ in range(16):
            try:
                with attempt():
                    return intake.book_appointment(
                        participation=self.participation,
                        operator=self.operator,
                        kind=AppointmentKind.INTERVIEW,
                        mode=AppointmentMode.PLACE,
                        place="Informagiovani, via Dogana 2",
                        starts_at=starts,
                        ends_at=starts + timedelta(minutes=45),
                        by=self.operator,
                        now=booked,
                    )
            except NotNow:
                starts += timedelta(minutes=30)
        return None

    def answer(self, question):
        """Something plausible for any kind of question, as its form would store it."""
        options = [option["value"] for option in question.get("options", [])]
        if self.age >= 18 and "newly_arrived" in options:
            options.remove("newly_arrived")
        # What they said when they signed up holds at the desk, too.
        known = {"occupation": self.person.employment, "title": self.person.education}.get(question["key"])
        if known in options:
            return known
        if question["key"] in names.ANSWERS:
            return self.random.choice(names.ANSWERS[question["key"]])
        by_kind = {
            "choice": lambda: self.random.choice(options),
            "choices": lambda: self.random.sample(options, min(2, len(options))),
            "yes_no": lambda: self.random.choice(["yes", "no"]),
            "date": lambda: (self.opened.date() - timedelta(days=200)).isoformat(),
            "number": lambda: self.random.randint(1, 4),
            "text": lambda: "Italiano e inglese di base",
        }
        return by_kind.get(question["kind"], lambda: self.random.choice(names.NEEDS))()

    def plan(self, talked):
        """The plan with its goal and steps; proposed to the young person at once, or left as a draft."""
        made = None if self.aim == "interviewed" else self.stage.later(talked, 1, 7)
        if made is None:
            return None
        plan = intake.start_plan(participation=self.participation, by=self.operator, now=made)
        goal = intake.add_goal(plan=plan, title=self.random.choice(names.GOALS), by=self.operator, now=made)
        steps = [
            (ActionKind.ERRAND, self.random.choice(names.ERRANDS), 14, 0),
            (ActionKind.ACTIVITY, "Frequentare un corso scelto insieme", 60, 30),
        ]
        if self.aim == "intern":
            steps.append((ActionKind.INTERNSHIP, "Fare un tirocinio", 120, 300))
        self.actions = {
            kind: intake.add_action(
                goal=goal,
                title=title,
                kind=kind,
                due_on=made.date() + timedelta(days=days),
                hours_planned=hours,
                by=self.operator,
                now=made,
            )
            for kind, title, days, hours in steps
        }
        if self.number % 3:
            intake.write_project(
                plan=plan,
                professional=names.PROJECTS[self.number % len(names.PROJECTS)],
                life="" if self.number % 4 else names.LIVES[self.number % len(names.LIVES)],
                by=self.operator,
                now=made,
            )
        if self.aim == "proposed" and self.random.random() < 0.4:
            return None
        self.made = intake.propose_plan(
            plan=plan, review_on=made.date() + timedelta(days=90), by=self.operator, now=made
        )
        return made

    def agree(self, proposed):
        agreed = None if self.aim == "proposed" else self.stage.later(proposed, 0, 4)
        if agreed is None:
            return None
        intake.agree_plan(plan=self.made, by=self.self_or_operator, now=agreed)
        done = self.stage.later(agreed, 2, 14)
        if done and self.aim != "agreed":
            intake.finish_errand(action=self.actions[ActionKind.ERRAND], by=self.self_or_operator, now=done)
        return agreed

    def enrol(self, agreed):
        """In one of the runs of the weeks after, full or not: full means the waiting list."""
        first = agreed.date() + timedelta(days=2)
        coming = [run for run in self.stage.runs if first < run.starts_on < first + timedelta(days=75)]
        self.random.shuffle(coming)
        if self.random.random() < 0.3:
            coming.sort(key=lambda run: run.places)  # the small courses are the wanted ones
        for run in coming[:6]:
            asked = self.stage.later(agreed, 0, (run.enrol_by - agreed.date()).days)
            if asked is None or asked.date() > run.enrol_by:
                continue
            asked = self.moment(asked)
            try:
                with attempt():
                    enrolment = pathways.enrol(
                        run=run,
                        participation=self.participation,
                        plan_action=self.actions[ActionKind.ACTIVITY],
                        by=self.self_or_operator,
                        now=asked,
                    )
            except NotNow:
                continue  # too young for this one: the next
            left = self.stage.later(asked, 1, 3)
            changes_mind = enrolment.state == EnrolmentState.ENROLLED and self.random.random() < 0.05
            if changes_mind and left and left.date() < run.starts_on:
                pathways.withdraw(enrolment=enrolment, by=self.self_or_operator, now=left)
                self.next_one_comes(run, left)
            return

    def next_one_comes(self, run, offered):
        """Who was next on the list says yes by the link of the message, unless it was sent only now."""
        answered = self.stage.later(offered, 0, 1)
        for enrolment in run.enrolments.filter(state=EnrolmentState.OFFERED) if answered else ():
            pathways.accept_offer(enrolment=enrolment, by=None, now=min(answered, enrolment.offered_until - MINUTE))

    def refer(self, agreed):
        """Entrusted to a partner, who opens an internship."""
        code = self.random.choice(INTERNSHIP_PARTNERS)
        staff = self.stage.staff[code]
        sent = self.stage.later(agreed, 1, 12)
        if sent is None:
            return
        referral = intake.refer(
            participation=self.participation,
            organisation=self.stage.organisations[code],
            purpose=ReferralPurpose.INTERNSHIP,
            plan_action=self.actions[ActionKind.INTERNSHIP],
            note="Puntuale e motivata. Meglio un posto vicino alla metropolitana.",
            by=self.operator,
            now=sent,
        )
        answered = self.stage.later(sent, 1, 6)
        if answered is None:
            return
        declined = self.random.random() < 0.08
        intake.answer_referral(
            referral=referral,
            verb="decline" if declined else "accept",
            answer="Al momento non abbiamo posti nella zona." if declined else "",
            by=staff,
            now=answered,
        )
        proposed = None if declined else self.stage.later(answered, 2, 10)
        if proposed:
            self.internship(referral, staff, proposed)

    def internship(self, referral, staff, proposed):
        starts = proposed.date() + timedelta(days=self.random.randint(15, 30))
        starts += timedelta(days=(7 - starts.weekday()) % 7)
        ends = starts + timedelta(days=self.random.choice([62, 62, 75, 90, 180]))
        free = [place for place in self.stage.workplaces if place.has_room(starts, ends)]
        if not free:
            return
        place = self.random.choice(free)
        place.booked.append((starts, ends))
        internship = internships.open_internship(
            referral=referral,
            unit=place.unit,
            host_tutor=place.tutor,
            promoter_tutor=staff,
            title=place.learns,
            starts_on=starts,
            ends_on=ends,
            weekly_hours=self.random.choice([20, 25, 30]),
            eqf_level=self.random.choice([2, 3, 3, 4]),
            overrides=GONE_PAST,
            by=staff,
            now=proposed,
        )
        signed = self.sign(internship, staff, proposed)
        if signed and self.stage.at(internship.starts_on, 9) < self.stage.now:
            self.work(internship, staff, max(signed + timedelta(hours=1), self.stage.at(internship.starts_on, 8)))
            # A pause moves the last day.
            internship.refresh_from_db(fields=["ends_on"])
            place.booked[-1] = (starts, internship.ends_on)

    def sign(self, internship, staff, then):
        """Through agreement and signatures; when the last signature came, or None."""
        for verb in ("agree", "send_for_signature", "sign"):
            then = self.stage.later(then, 1, 4)
            if then is None:
                return None
            if verb == "agree" and self.random.random() < 0.08:
                internships.move(
                    internship=internship,
                    verb="cancel",
                    reason="Ha trovato un lavoro nel frattempo.",
                    by=staff,
                    now=then,
                )
                return None
            if verb == "agree":
                internships.move(internship=internship, verb=verb, by=staff, now=then)
            if verb == "send_for_signature":
                self.write_project(internship, staff, then)
            if verb == "sign":
                if not self.mother_consents(then):
                    return None
                self.sign_on_paper(internship, staff, then)
        return then

    def write_project(self, internship, staff, then):
        """The promoter's part of the training project; the host's and the young person's are still to come."""
        internships.write_promoter(
            internship=internship,
            objectives="Lavorare in autonomia nei compiti di ogni giorno, con attenzione a clienti e colleghi.",
            competences="Accogliere il cliente\nLavorare in squadra\nApplicare le norme di igiene e sicurezza",
            insurance_accident="INAIL, gestione per conto dello Stato",
            insurance_liability="Assicurazioni Duomo, polizza 123456",
            by=staff,
            now=then,
        )

    def sign_on_paper(self, internship, staff, then):
        """All meet at the host and sign by hand; the scan is kept."""
        scan = ContentFile(signed_on_paper("Progetto formativo"), name="progetto-formativo.pdf")
        internships.sign_outside(internship=internship, upload=scan, signed_on=then.date(), by=staff, now=then)

    def mother_consents(self, then) -> bool:
        """For a minor: their mother is met at the desk and signs there. Not where no PDF can be made.

        No link is sent: its token would make every demo another one.
        """
        if self.person.age_on(then.date()) >= 18:
            return True
        representation = people.add_representative(
            person=self.person,
            kind=RepresentativeKind.PARENT,
            first_name=names.MOTHERS[self.number % len(names.MOTHERS)],
            last_name=self.person.last_name,
            by=self.operator,
            now=then,
        )
        people.check_identity(
            representative=representation.representative,
            paper=PaperType.ID_CARD,
            email="",
            phone="",
            by=self.operator,
            now=then,
        )
        consent = people.ask_when_needed(person=self.person, code="internship", now=then)
        if consent is None:
            return False
        signer = consent.request.signers.get()
        with signer.request.document.file.open() as paper:
            scan = ContentFile(paper.read(), name="consenso.pdf")
        documents.sign_on_paper(signer=signer, upload=scan, by=self.operator, now=then)
        return True

    def keep_safe(self, internship, staff, then):
        """What must be there before the first day."""
        noted = {"on": internship.starts_on - timedelta(days=3), "by": staff, "now": then}
        for item in internships.missing_evidence(internship, then.date()):
            if item.kind == EvidenceKind.RISK_ASSESSMENT:
                internships.record_assessment(unit=internship.unit, reference="DVR visto in sede", **noted)
            else:
                words = names.EVIDENCE[item.kind]
                internships.record_evidence(internship=internship, kind=item.kind, reference=words, **noted)

    def give_notice(self, internship, staff, then):
        """The receipts of what was due before the first day."""
        for number, todo in enumerate(internship.todos.filter(due_on__lt=internship.starts_on).order_by("kind")):
            receipt = f"{internship.starts_on:%Y%m%d}-{self.number:04d}-{number}"
            internships.do_todo(todo=todo, done_on=todo.due_on, reference=receipt, by=staff, now=then)

    def work(self, internship, staff, started):
        """Day by day in the register until the end, an early end, or yesterday."""
        stage, r = self.stage, self.random
        self.keep_safe(internship, staff, started)
        internships.move(internship=internship, verb="start", by=staff, now=started)
        self.give_notice(internship, staff, started)
        registers.begin(internship, staff, started, self.number)
        leaves = internship.starts_on + timedelta(days=r.randint(20, 45)) if r.random() < 0.12 else None
        end = min(internship.ends_on, leaves or internship.ends_on)
        monday = internship.starts_on
        last = min(end, stage.now.date() - timedelta(days=1))
        while monday <= last:
            week = [monday + timedelta(days=n) for n in range(5)]
            there = [day for day in week if day <= last and r.random() < 0.94]
            hours = dict.fromkeys(there, internship.weekly_hours / 5)
            friday = stage.at(min(week[-1], last), 18)
            internships.record_days(internship=internship, hours=hours, by=staff, now=friday)
            monday += timedelta(days=7)
        if end < stage.now.date():
            then = stage.at(end, 19)
            over = {"internship": internship, "by": staff, "now": then}
            if leaves == end:
                why = "Ha deciso di riprendere la scuola."
                internship = internships.end_early(**over, ended_by=EndedBy.INTERN, ended_on=end, reason=why)
            else:
                internship = internships.move(**over, verb="complete")
            endings.end(internship, staff, then, stage, self.number)
            return
        registers.keep(internship, staff, stage, last)
        if r.random() < 0.15:
            today = stage.now.date()
            internships.suspend(
                internship=internship,
                kind=SuspensionKind.CLOSURE,
                starts_on=today,
                ends_on=today + timedelta(days=20),
                reason="Chiusura dell'azienda per tre settimane.",
                by=staff,
                now=stage.at(today, 7),
            )
