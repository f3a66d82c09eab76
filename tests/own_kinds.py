"""A practice with a form of its own that asks for all kinds of answers, as a county may define it."""

from pathlib import Path

from evaluation.definitions import Library, load_library

KIPINA = """
practices:
  kipina:
    name: {fi: Kahvila Kipinä, sv: Kafé Gnistan, en: Café Spark}
    municipalities: [Akaa]
    type: meeting_place
    target_group: {fi: Kaikki, sv: Alla, en: Everybody}
    rhythm: {fi: Joka viikko, sv: Varje vecka, en: Every week}
    questionnaires: [kipina_feedback]
questionnaire:
  id: kipina_feedback
  version: 1
  kind: form
  title: {fi: Kipinän palaute, sv: Respons om Gnistan, en: Feedback on Spark}
  instructions: {fi: Vastaa omin sanoin., sv: Svara fritt., en: Answer freely.}
  role: client
  timing: once
  participant_code: optional
  date: optional
  items:
    - id: kipina_useful
      text: {fi: Oliko käynnistä hyötyä, sv: Var besöket till nytta, en: Was the visit useful}
      short: {fi: Hyöty, sv: Nytta, en: Use}
      scale: agreement5
      family: satisfaction
      theme: benefits
    - id: kipina_reasons
      kind: choices
      text: {fi: Miksi tulit Kipinään, sv: Varför kom du till Gnistan, en: Why did you come to Spark}
      short: {fi: Syyt tulla, sv: Orsaker att komma, en: Reasons to come}
      family: participation
      theme: description
      options:
        coffee: {fi: Kahvi, sv: Kaffe, en: Coffee, aliases: [kahvittelu]}
        company: {fi: Seura, sv: Sällskap, en: Company}
        advice: {fi: "Neuvoja, tukea", sv: "Råd, stöd", en: "Advice, support"}
        food: {fi: Ruoka, sv: Mat, en: Food}
        something_else: {fi: "Muu, mikä?", sv: "Annat, vad?", en: "Other, what?", other: true}
    - id: kipina_day
      kind: choice
      text: {fi: Mikä päivä sopii parhaiten, sv: Vilken dag passar bäst, en: Which day suits best}
      short: {fi: Paras päivä, sv: Bästa dag, en: Best day}
      family: satisfaction
      theme: future
      options:
        monday: {fi: Maanantai, sv: Måndag, en: Monday}
        wednesday: {fi: Keskiviikko, sv: Onsdag, en: Wednesday}
        friday: {fi: Perjantai, sv: Fredag, en: Friday}
    - id: kipina_age
      kind: background
      text: {fi: Ikäryhmä, sv: Åldersgrupp, en: Age group}
      short: {fi: Ikä, sv: Ålder, en: Age}
      family: background
      theme: description
      options:
        under_30: {fi: alle 30, sv: under 30, en: under 30}
        from_30: {fi: 30–64, sv: 30–64, en: 30–64}
        from_65: {fi: 65 tai yli, sv: 65 eller över, en: 65 or over}
    - id: kipina_found
      kind: background
      text: {fi: Mistä kuulit Kipinästä, sv: Var hörde du om Gnistan, en: Where did you hear of Spark}
      short: {fi: Mistä kuuli, sv: Var hörde, en: Heard from}
      family: background
      theme: description
      options:
        friend: {fi: Ystävältä, sv: Av en vän, en: From a friend}
        worker: {fi: Työntekijältä, sv: Av en anställd, en: From a worker}
        somewhere: {fi: Muualta, sv: Annanstans, en: Elsewhere, other: true}
    - id: kipina_hours
      kind: number
      step: 0.5
      text: {fi: Montako tuntia viivyt, sv: Hur många timmar stannar du, en: How many hours do you stay}
      short: {fi: Tunteja, sv: Timmar, en: Hours}
      family: participation
      theme: description
    - id: kipina_words
      kind: text
      text: {fi: Terveisiä, sv: Hälsningar, en: Greetings}
      short: {fi: Terveiset, sv: Hälsningar, en: Greetings}
      family: satisfaction
      theme: future
"""


def kipina_library(folder: Path) -> Library:
    """Return the definitions with those of Kahvila Kipinä, kept in ``folder``."""
    (folder / "kipina.yaml").write_text(KIPINA, encoding="utf-8")
    return load_library(folder)
