"""The columns that survey tools add to every export, tool by tool: their names and what they hold.

Of several columns that say the same the first one here is preferred, so the time an answer was completed stands before
the time it was sent, and that before the time it was begun. Names are folded as cells are compared.
The Finnish and Swedish names were written down without an export at hand.
"""

from collections.abc import Mapping, Sequence

from evaluation.definitions.columns import ANSWERED_ON
from evaluation.intake.folding import fold
from evaluation.intake.table import LEFT_OUT, RESPONDENT, TIMING, TableField

ToolColumns = Mapping[str, str]

MICROSOFT_FORMS_ID: ToolColumns = dict.fromkeys(("id", "tunnus"), RESPONDENT)
MICROSOFT_FORMS_START: ToolColumns = dict.fromkeys(
    (
        "start time", "aloitusaika", "starttid", "starttidspunkt", "startzeit", "heure de début", "hora de inicio",
        "hora de início", "begintijd", "ora di inizio", "godzina rozpoczęcia",
    ),
    ANSWERED_ON,
)  # fmt: skip
MICROSOFT_FORMS_END: ToolColumns = dict.fromkeys(
    (
        "completion time", "valmistumisaika", "slutförandetid", "sluttid", "fullføringstidspunkt",
        "fuldførelsestidspunkt",
        "fertigstellungszeit", "heure de fin", "hora de finalización", "hora de conclusão", "tijd van voltooien",
        "ora di completamento", "godzina ukończenia",
    ),
    ANSWERED_ON,
)  # fmt: skip
MICROSOFT_FORMS: ToolColumns = {
    **MICROSOFT_FORMS_END,
    **MICROSOFT_FORMS_START,
    **MICROSOFT_FORMS_ID,
    **dict.fromkeys(
        (
            "email", "e-mail", "sähköposti", "e-post", "e-postadress", "email address", "sähköpostiosoite",
            "name", "nimi", "namn", "last modified time", "viimeisin muokkausaika", "viimeksi muokattu",
            "senast ändrad", "tid för senaste ändring", "total points", "pisteet yhteensä", "totalt antal poäng",
            "quiz feedback", "testin palaute", "testfeedback", "grade posted time", "language", "kieli", "språk",
        ),
        LEFT_OUT,
    ),
}  # fmt: skip

GOOGLE_TIMESTAMPS = frozenset({
    "timestamp", "aikaleima", "tidstämpel", "tidsstempel", "zeitstempel", "horodateur", "marca temporal",
    "carimbo de data/hora", "informazioni cronologiche", "tijdstempel", "časová značka", "sygnatura czasowa",
    "ajatempel", "отметка времени", "タイムスタンプ",
})  # fmt: skip
GOOGLE_SHEETS = ("form responses", "form_responses", "lomakevastaukset", "formulärsvar", "vastaukset", "responses")

WEBROPOL: ToolColumns = {
    **dict.fromkeys(
        (
            "vastaajan id", "vastaaja id", "vastaajan numero", "vastausnumero", "vastaaja", "respondent id",
            "respondent", "respondent number", "response number", "svarandens id", "respondentens id", "svarande",
        ),
        RESPONDENT,
    ),
    **dict.fromkeys(
        (
            "vastausaika", "vastauspäivä", "vastauspvm", "vastattu", "vastauksen ajankohta", "lähetysaika",
            "lähetetty", "tallennettu", "tallennusaika", "lopetusaika", "aloitusaika", "response time", "answer time",
            "answered", "response date", "submitted", "submit time", "end time", "start time", "svarstid", "svarsdatum",
            "besvarad", "skickad", "sluttid", "starttid",
        ),
        ANSWERED_ON,
    ),
    **dict.fromkeys(
        (
            "kieli", "vastauskieli", "tila", "vastauksen tila", "kerääjä", "keräin", "keräyslinkki", "kyselylinkki",
            "vastaustapa", "kesto", "vastaamisen kesto", "selain", "laite", "ip-osoite", "language", "status",
            "response status", "collector", "collector name", "duration", "browser", "device", "ip address",
            "språk", "insamlare", "insamlingssätt", "varaktighet", "ip-adress", "sähköposti", "sähköpostiosoite",
            "email", "e-mail", "e-post",
        ),
        LEFT_OUT,
    ),
}  # fmt: skip
# People head the numbers of their rows by these too.
WEBROPOL_ORDINARY = frozenset({
    "vastaajan numero", "vastausnumero", "vastaaja", "respondent", "respondent number", "response number", "svarande",
})  # fmt: skip
WEBROPOL_STATES = frozenset({"tila", "vastauksen tila", "status", "response status"})

LIMESURVEY_CODES: ToolColumns = {
    "submitdate": ANSWERED_ON,
    "datestamp": ANSWERED_ON,
    "startdate": ANSWERED_ON,
    "id": RESPONDENT,
    **dict.fromkeys(("lastpage", "startlanguage", "seed", "token", "ipaddr", "refurl", "interviewtime"), LEFT_OUT),
}
LIMESURVEY_TEXTS: ToolColumns = {
    "date submitted": ANSWERED_ON,
    "lähetyspäivä": ANSWERED_ON,
    "inskickat datum": ANSWERED_ON,
    "date last action": ANSWERED_ON,
    "date started": ANSWERED_ON,
    "response id": RESPONDENT,
    "vastauksen id": RESPONDENT,
    "svars-id": RESPONDENT,
    **dict.fromkeys(
        (
            "last page", "start language", "seed", "token", "access code", "ip address", "referrer url", "total time",
            "viimeinen sivu", "aloituskieli", "sista sidan", "startspråk",
        ),
        LEFT_OUT,
    ),
}  # fmt: skip

KOBO: ToolColumns = {
    "end": ANSWERED_ON,
    "_submission_time": ANSWERED_ON,
    "_submission__submission_time": ANSWERED_ON,
    "today": ANSWERED_ON,
    "start": ANSWERED_ON,
    # An edited answer keeps its _id and gets a new _uuid.
    "_id": RESPONDENT,
    "_uuid": RESPONDENT,
    **dict.fromkeys(
        (
            "_validation_status", "_notes", "_status", "_submitted_by", "__version__", "_version_", "_tags", "_index",
            "_parent_index", "_parent_table_name", "_attachments", "_geolocation", "_xform_id_string",
            "deviceid", "phonenumber", "simserial", "simid", "subscriberid", "username", "email", "audit",
            "formhub/uuid", "meta/instanceid", "meta/instancename", "meta/rootuuid", "meta/deprecatedid",
        ),
        LEFT_OUT,
    ),
}  # fmt: skip
ODK: ToolColumns = {
    "end": ANSWERED_ON,
    "submissiondate": ANSWERED_ON,
    "__system-submissiondate": ANSWERED_ON,
    "today": ANSWERED_ON,
    "start": ANSWERED_ON,
    **dict.fromkeys(("key", "__id", "meta-instanceid", "instanceid"), RESPONDENT),
    **dict.fromkeys(
        (
            "meta-instancename", "instancename", "meta-audit", "submitterid", "submittername", "attachmentspresent",
            "attachmentsexpected", "status", "reviewstate", "deviceid", "edits", "formversion", "parent_key",
            "set-of", "username", "phonenumber", "simserial", "subscriberid", "email", "audit", "caseid",
        ),
        LEFT_OUT,
    ),
}  # fmt: skip

SURVEYMONKEY: ToolColumns = {
    **dict.fromkeys(("end date", "lopetuspäivä", "päättymispäivä", "slutdatum"), ANSWERED_ON),
    **dict.fromkeys(("date modified", "muokkauspäivä"), ANSWERED_ON),
    **dict.fromkeys(("start date", "date created", "aloituspäivä", "startdatum"), ANSWERED_ON),
    **dict.fromkeys(("respondent id", "respondent_id", "respondentid", "vastaajan tunnus", "vastaajan id"), RESPONDENT),
    **dict.fromkeys(
        (
            "collector id", "collector_id", "kerääjän tunnus", "keräimen tunnus", "insamlar-id", "ip address",
            "ip_address", "email address", "email_address", "first name", "first_name", "last name", "last_name",
            "custom data 1", "custom_1", "ip-osoite", "sähköpostiosoite", "etunimi", "sukunimi",
            "mukautetut tiedot 1", "ip-adress", "e-postadress", "förnamn", "efternamn", "anpassade data 1",
        ),
        LEFT_OUT,
    ),
}  # fmt: skip
SURVEYMONKEY_COLLECTORS = frozenset(
    {"collector id", "collector_id", "kerääjän tunnus", "keräimen tunnus", "insamlar-id"}
)

QUALTRICS: ToolColumns = {
    **dict.fromkeys(("enddate", "recordeddate", "startdate"), ANSWERED_ON),
    **dict.fromkeys(("responseid", "_recordid"), RESPONDENT),
    **dict.fromkeys(
        (
            "status", "ipaddress", "progress", "duration (in seconds)", "duration__in_seconds_", "finished",
            "recipientlastname", "recipientfirstname", "recipientemail", "externalreference",
            "externaldatareference", "locationlatitude", "locationlongitude", "locationaccuracy",
            "distributionchannel", "userlanguage", "responseset", "name", "emailaddress", "q_recaptchascore",
            "q_relevantidduplicate", "q_relevantidduplicatescore", "q_relevantidfraudscore", "q_totalduration",
            "q_language", "q_unansweredpercentage", "q_unansweredquestions", "q_ballotboxstuffing", "termsofservice",
        ),
        LEFT_OUT,
    ),
}  # fmt: skip

REDCAP: ToolColumns = {
    **dict.fromkeys(("redcap_event_name", "event name"), TIMING),
    **dict.fromkeys(
        (
            "redcap_repeat_instrument", "redcap_repeat_instance", "redcap_data_access_group",
            "redcap_survey_identifier", "repeat instrument", "repeat instance", "data access group",
            "survey identifier",
        ),
        LEFT_OUT,
    ),
}  # fmt: skip

TYPEFORM: ToolColumns = {
    "submit date (utc)": ANSWERED_ON,
    "start date (utc)": ANSWERED_ON,
    "#": RESPONDENT,
    **dict.fromkeys(("stage date (utc)", "network id", "response type", "tags", "ending", "score"), LEFT_OUT),
}

JOTFORM: ToolColumns = {
    **dict.fromkeys(("submission date", "lähetyspäivä", "lähetyspäivämäärä", "inlämningsdatum"), ANSWERED_ON),
    **dict.fromkeys(("submission id", "unique id"), RESPONDENT),
    **dict.fromkeys(
        (
            "ip", "submission ip", "last update date", "submission url", "edit link", "submission edit url", "status",
            "approval status", "read", "flag", "assignee",
        ),
        LEFT_OUT,
    ),
}  # fmt: skip


def tool_fields(headings: Sequence[str], tool: ToolColumns) -> dict[int, TableField]:
    """Return the fields of the columns of ``tool`` among ``headings``, by column; the preferred ones first."""
    order = {name: rank for rank, name in enumerate(tool)}
    ranked = [(order[fold(text)], column) for column, text in enumerate(headings) if fold(text) in order]
    return {column: tool_field(headings[column], column, tool[fold(headings[column])]) for _, column in sorted(ranked)}


def tool_field(heading: str, column: int, system: str) -> TableField:
    """Return the field of one column that the tool adds and that holds ``system``."""
    return TableField(heading, (column,), (heading,), "system", system=system)
