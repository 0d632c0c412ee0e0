"""Names, needs and hosts of people and firms that do not exist."""

from intake.enums import Ending

# (name, gender, citizenship)
FIRST_NAMES = [
    ("Amina", "f", "IT"), ("Luca", "m", "IT"), ("Sofia", "f", "IT"), ("Omar", "m", "EG"), ("Giulia", "f", "IT"),
    ("Mattia", "m", "IT"), ("Chiara", "f", "IT"), ("Yasmin", "f", "MA"), ("Davide", "m", "IT"), ("Elena", "f", "IT"),
    ("Niccolò", "m", "IT"), ("Fatou", "f", "SN"), ("Samuele", "m", "IT"), ("Beatrice", "f", "IT"), ("Kevin", "m", "PE"),
    ("Alessia", "f", "IT"), ("Ahmed", "m", "EG"), ("Martina", "f", "IT"), ("Tommaso", "m", "IT"), ("Wei", "m", "CN"),
    ("Noemi", "f", "IT"), ("Bilal", "m", "PK"), ("Camilla", "f", "IT"), ("Ivan", "m", "UA"), ("Rebecca", "f", "IT"),
    ("Daniel", "m", "EC"), ("Aurora", "f", "IT"), ("Moussa", "m", "ML"), ("Greta", "f", "IT"), ("Federico", "m", "IT"),
    ("Oksana", "f", "UA"), ("Riccardo", "m", "IT"), ("Valentina", "f", "IT"), ("Ismael", "m", "CI"), ("Ginevra", "f", "IT"),
    ("Gabriele", "m", "IT"), ("Sara", "f", "IT"), ("Denis", "m", "AL"), ("Emma", "f", "IT"), ("Pietro", "m", "IT"),
]  # fmt: skip
LAST_NAMES = [
    "Rossi", "Bianchi", "Ferrari", "Colombo", "Haddad", "Russo", "Ricci", "Marino", "Esposito", "Dávila", "Greco",
    "Conti", "Benali", "Moretti", "Barbieri", "Diop", "Fontana", "Santoro", "Mariani", "Rinaldi", "Caruso", "Hu",
    "Galli", "Ferri", "Leone", "Kovalenko", "Longo", "Gentile", "Martinelli", "Vitale", "Lombardo", "Serra", "Coppola",
    "De Santis", "D’Angelo", "Marchetti", "Parisi", "Villa", "Conte", "Ferraro", "Fabbri", "Bianco", "Quispe", "Traoré",
]  # fmt: skip

# Who signs for the minors of the demo.
MOTHERS = ["Fatima", "Lucia", "Olena", "Rosa", "Wei", "Carmen", "Marta", "Nadia"]

NEEDS = [
    "Cerca un primo lavoro, anche part time. Ha fatto volantinaggio e qualche turno in un bar.",
    "Ha lasciato la scuola a gennaio e vorrebbe capire se può riprenderla la sera.",
    "Ha finito il liceo e non sa se iscriversi all’università o cercare lavoro.",
    "È arrivata in Italia due anni fa, parla bene ma non sa come far valere il suo diploma.",
    "Lavora a chiamata da un anno e vuole qualcosa di più stabile.",
    "Vorrebbe aprire un piccolo laboratorio di sartoria e non sa da dove cominciare.",
    "È ferma da mesi, esce poco. È venuta con la sorella.",
    "Vuole partire per qualche mese e non sa quali programmi esistono.",
    "Gli piace riparare le cose, cerca un corso pratico con tirocinio.",
    "Studia e cerca un tirocinio in una libreria o in un ufficio stampa.",
]
# What they answer in the first talk, by the key of the question.
ANSWERS = {
    "days": [
        "Sto molto in casa, la sera esco con gli amici.",
        "Porto mio fratello a scuola, poi cerco annunci dal telefono.",
        "Qualche turno in un bar, quando mi chiamano.",
        "Studio la mattina, il pomeriggio do una mano a mia zia.",
    ],
    "path": [
        "Due anni di istituto tecnico, poi ho smesso. Le medie erano andate bene.",
        "Ho preso il diploma, con fatica ma senza bocciature.",
        "Un corso di cucina di tre anni: mi è piaciuto, soprattutto la pratica.",
        "La scuola nel mio Paese, qui un corso di italiano.",
    ],
    "liked": ["I laboratori", "Matematica", "Lavorare in gruppo", "Le uscite", "Inglese"],
    "languages": [
        "Italiano e inglese di base",
        "Italiano, un po’ di spagnolo",
        "Arabo in famiglia, italiano bene",
        "Italiano e francese",
    ],
    "experience": [
        "Nessuno.",
        "Un’estate in gelateria.",
        "Volantinaggio e consegne in bici, sei mesi.",
        "Aiuto mio padre al mercato il sabato.",
    ],
    "good_at": [
        "Ascoltare: da me vengono tutti a sfogarsi.",
        "Riparare le cose, dalle bici ai telefoni.",
        "Cucinare per tante persone.",
        "Stare con i bambini.",
    ],
    "goal": [
        "Con un lavoro e un po’ di soldi da parte.",
        "Con il diploma, finalmente.",
        "In una casa mia, anche piccola.",
        "Non lo so: per questo sono qui.",
    ],
    "limits": [
        "Niente, per ora.",
        "Il mercoledì pomeriggio resto con mia sorella.",
        "Abito lontano: un’ora di autobus.",
        "La sera ho gli allenamenti.",
    ],
    "next": [
        "Preparare il curriculum insieme e guardare due corsi.",
        "Portare i documenti della scuola e rivederci fra una settimana.",
        "Scegliere tre aziende a cui scrivere.",
    ],
}
GOALS = [
    "Trovare un primo lavoro che mi piace",
    "Finire la scuola superiore",
    "Capire cosa voglio fare",
    "Imparare un mestiere pratico",
    "Avere un lavoro stabile entro l’anno",
    "Provare a mettermi in proprio",
    "Fare un’esperienza all’estero",
]
# What the plan is for, in their own words: for work, and for life.
PROJECTS = [
    "Voglio un lavoro in cui sto con la gente",
    "Mi piacerebbe lavorare con le mani e imparare bene un mestiere",
    "Vorrei finire gli studi e poi decidere con calma",
    "Un giorno voglio un posto tutto mio, anche piccolo",
    "Cerco un lavoro stabile, anche lontano da casa",
]
LIVES = ["Andare a vivere per conto mio", "Aiutare la mia famiglia", "Sentirmi a casa a Milano"]
ERRANDS = [
    "Preparare il curriculum con Informagiovani",
    "Chiedere in segreteria il certificato degli esami",
    "Fare la tessera sanitaria nuova",
    "Iscrivermi al centro per l’impiego",
    "Scrivere a tre aziende della lista",
    "Portare la copia del permesso di soggiorno",
]
# (kind of ending, in the operator’s words)
OUTCOMES = [
    (Ending.WORK, "Assunta dopo il tirocinio"),
    (Ending.WORK, "Contratto di apprendistato"),
    (Ending.STUDY, "Iscrizione alla scuola serale"),
    (Ending.STUDY, "Iscrizione a un ITS"),
    (Ending.SERVICE, "Partenza con il Corpo europeo di solidarietà"),
    (Ending.QUALIFIED, "Attestato di falegnameria, si candida da solo"),
]
SITUATIONS = ["employed", "employed", "studying", "searching", "other"]
DROPS = [
    (Ending.MOVED, "Si è trasferito in un’altra città"),
    (Ending.NOT_REACHED, "Non risponde da due mesi"),
    (Ending.FOUND_ALONE, ""),
]

# (name, VAT number, sector, address, employees, tutor, what the intern learns)
# Name, VAT number, sector, address, employees, tutor, what is learnt; how many interns at once, as the rules allow.
HOSTS = [
    ("Bar Aurora srl", "10000000017", "56.30 Bar", "via Padova 31", 4, "Marta Galli", "Aiuto barista", 1),
    ("Trattoria del Naviglio", "10000000025", "56.10 Ristorazione", "Alzaia Naviglio Pavese 12", 9, "Enzo Serra", "Aiuto cuoco", 2),
    ("Ciclofficina Pedale Rosso", "10000000033", "95.29 Riparazioni", "via Gabbro 6", 3, "Ivo Fontana", "Riparazione di biciclette", 1),
    ("Acque del Nord spa", "10000000041", "36.00 Servizi idrici", "via Meda 44", 120, "Paola Ricci", "Manutenzione delle reti idriche", 3),
    ("Meccanica Lario srl", "10000000058", "25.62 Lavori meccanici", "via Mecenate 76", 38, "Aldo Villa", "Conduzione di una linea", 3),
    ("Centro Anziani Il Melograno", "10000000066", "88.10 Assistenza", "via Aldini 70", 14, "Rita Leone", "Assistenza digitale agli anziani", 2),
    ("Scuderia San Siro", "10000000074", "01.62 Servizi agli animali", "via Lampugnano 180", 8, "Sergio Ferri", "Cura dei cavalli", 2),
    ("Libreria Pagina Uno", "10000000082", "47.61 Libri", "via Padova 70", 3, "Anna Conte", "Lavoro in libreria", 1),
    ("Logistica Milano Est", "10000000090", "52.10 Magazzino", "via Rombon 200", 65, "Gino Parisi", "Addetto al magazzino", 3),
    ("Sartoria Filo Rosa", "10000000108", "14.13 Sartoria", "via Sammartini 33", 5, "Lucia Greco", "Cucito e riparazioni", 1),
    ("Falegnameria Bovisa", "10000000116", "31.01 Mobili", "via Bovisasca 59", 11, "Dario Longo", "Lavori di falegnameria", 2),
    ("Pasticceria Dolce Ora", "10000000124", "10.71 Pasticceria", "corso Lodi 88", 7, "Nadia Marini", "Aiuto pasticcere", 2),
]  # fmt: skip

SUPPLIERS = [
    "Cartoleria Porta Nuova", "Studio Formazione Idea", "Tipografia Lambro", "Noleggi Navigli", "Ristoro Solidale",
    "Assicurazioni Meneghine", "Informatica Bicocca", "Trasporti Brera", "Cooperativa Docenti Uniti", "Copisteria Città Studi",
]  # fmt: skip

# What a tutor writes about the evidence before an internship.
EVIDENCE = {
    "safety_training": "Corso generale di 4 ore, con attestato",
    "fitness": "Medico competente dell’azienda",
}
