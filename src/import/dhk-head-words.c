/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "import/dhk-head-words.h"

#include <string.h>

static const struct
{
  const char *head;
  DhkHeadKind kind;
} whole_heads[] = {
  { "id", DHK_HEAD_FORM_ID },
  { "nr", DHK_HEAD_FORM_ID },
  { "respondent", DHK_HEAD_FORM_ID },
  { "respondent id", DHK_HEAD_FORM_ID },
  { "respondent_id", DHK_HEAD_FORM_ID },
  { "response id", DHK_HEAD_FORM_ID },
  { "responseid", DHK_HEAD_FORM_ID },
  { "antwoord-id", DHK_HEAD_FORM_ID },
  { "start time", DHK_HEAD_STARTED },
  { "begintijd", DHK_HEAD_STARTED },
  { "starttijd", DHK_HEAD_STARTED },
  { "startdate", DHK_HEAD_STARTED },
  { "started", DHK_HEAD_STARTED },
  { "completion time", DHK_HEAD_COMPLETED },
  { "tijd van voltooien", DHK_HEAD_COMPLETED },
  { "tijd van voltooiing", DHK_HEAD_COMPLETED },
  { "voltooiingstijd", DHK_HEAD_COMPLETED },
  { "eindtijd", DHK_HEAD_COMPLETED },
  { "end time", DHK_HEAD_COMPLETED },
  { "enddate", DHK_HEAD_COMPLETED },
  { "submitdate", DHK_HEAD_COMPLETED },
  { "completed", DHK_HEAD_COMPLETED },
  { "last modified time", DHK_HEAD_TECHNICAL },
  { "tijd van laatste wijziging", DHK_HEAD_TECHNICAL },
  { "tijdstip van laatste wijziging", DHK_HEAD_TECHNICAL },
  { "laatst gewijzigd", DHK_HEAD_TECHNICAL },
  { "language", DHK_HEAD_TECHNICAL },
  { "taal", DHK_HEAD_TECHNICAL },
  { "total points", DHK_HEAD_TECHNICAL },
  { "totaal aantal punten", DHK_HEAD_TECHNICAL },
  { "quiz feedback", DHK_HEAD_TECHNICAL },
  { "quizfeedback", DHK_HEAD_TECHNICAL },
  { "grade posted time", DHK_HEAD_TECHNICAL },
  { "questionnaire", DHK_HEAD_TECHNICAL },
  { "vragenlijst", DHK_HEAD_TECHNICAL },
  { "type", DHK_HEAD_TYPE },
  { "respondent type", DHK_HEAD_TYPE },
  { "respondent_type", DHK_HEAD_TYPE },
  { "respondenttype", DHK_HEAD_TYPE },
  { "email", DHK_HEAD_EMAIL },
  { "e-mail", DHK_HEAD_EMAIL },
  { "e mail", DHK_HEAD_EMAIL },
  { "mail", DHK_HEAD_EMAIL },
  { "email address", DHK_HEAD_EMAIL },
  { "e-mail address", DHK_HEAD_EMAIL },
  { "emailadres", DHK_HEAD_EMAIL },
  { "e-mailadres", DHK_HEAD_EMAIL },
  { "recipientemail", DHK_HEAD_EMAIL },
  { "name", DHK_HEAD_PERSONAL },
  { "naam", DHK_HEAD_PERSONAL },
  { "full name", DHK_HEAD_PERSONAL },
  { "volledige naam", DHK_HEAD_PERSONAL },
  { "first name", DHK_HEAD_PERSONAL },
  { "last name", DHK_HEAD_PERSONAL },
  { "user name", DHK_HEAD_PERSONAL },
  { "recipientfirstname", DHK_HEAD_PERSONAL },
  { "recipientlastname", DHK_HEAD_PERSONAL },
  { "externalreference", DHK_HEAD_PERSONAL },
  { "ip", DHK_HEAD_PERSONAL },
  { "ipaddr", DHK_HEAD_PERSONAL },
  { "ipaddress", DHK_HEAD_PERSONAL },
  { "ip address", DHK_HEAD_PERSONAL },
  { "location", DHK_HEAD_PERSONAL },
  { "locatie", DHK_HEAD_PERSONAL },
  { "locationlatitude", DHK_HEAD_PERSONAL },
  { "locationlongitude", DHK_HEAD_PERSONAL },
  { "token", DHK_HEAD_PERSONAL },
  { "refurl", DHK_HEAD_PERSONAL },
  { "mobile", DHK_HEAD_PERSONAL },
  { "mobiel", DHK_HEAD_PERSONAL },
  { "date of birth", DHK_HEAD_PERSONAL },
  { "response number", DHK_HEAD_FORM_ID },
  { "antwoord id", DHK_HEAD_FORM_ID },
  { "antwoordnummer", DHK_HEAD_FORM_ID },
  { "start date", DHK_HEAD_STARTED },
  { "date started", DHK_HEAD_STARTED },
  { "datum gestart", DHK_HEAD_STARTED },
  { "startdatum", DHK_HEAD_STARTED },
  { "begindatum", DHK_HEAD_STARTED },
  { "end date", DHK_HEAD_COMPLETED },
  { "date submitted", DHK_HEAD_COMPLETED },
  { "datum ingestuurd", DHK_HEAD_COMPLETED },
  { "datum verzonden", DHK_HEAD_COMPLETED },
  { "datum voltooid", DHK_HEAD_COMPLETED },
  { "einddatum", DHK_HEAD_COMPLETED },
  { "lastpage", DHK_HEAD_TECHNICAL },
  { "last page", DHK_HEAD_TECHNICAL },
  { "laatste pagina", DHK_HEAD_TECHNICAL },
  { "startlanguage", DHK_HEAD_TECHNICAL },
  { "start language", DHK_HEAD_TECHNICAL },
  { "start-taal", DHK_HEAD_TECHNICAL },
  { "starttaal", DHK_HEAD_TECHNICAL },
  { "begintaal", DHK_HEAD_TECHNICAL },
  { "seed", DHK_HEAD_TECHNICAL },
  { "datestamp", DHK_HEAD_TECHNICAL },
  { "date last action", DHK_HEAD_TECHNICAL },
  { "datum laatste actie", DHK_HEAD_TECHNICAL },
  { "interviewtime", DHK_HEAD_TECHNICAL },
  { "total time", DHK_HEAD_TECHNICAL },
  { "totale tijd", DHK_HEAD_TECHNICAL },
  { "qtime", DHK_HEAD_TECHNICAL },
  { "recordeddate", DHK_HEAD_TECHNICAL },
  { "recorded date", DHK_HEAD_TECHNICAL },
  { "progress", DHK_HEAD_TECHNICAL },
  { "duration (in seconds)", DHK_HEAD_TECHNICAL },
  { "finished", DHK_HEAD_TECHNICAL },
  { "status", DHK_HEAD_TECHNICAL },
  { "response type", DHK_HEAD_TECHNICAL },
  { "responseset", DHK_HEAD_TECHNICAL },
  { "distributionchannel", DHK_HEAD_TECHNICAL },
  { "distribution channel", DHK_HEAD_TECHNICAL },
  { "userlanguage", DHK_HEAD_TECHNICAL },
  { "user language", DHK_HEAD_TECHNICAL },
  { "emailaddress", DHK_HEAD_EMAIL },
  { "recipient email", DHK_HEAD_EMAIL },
  { "recipient first name", DHK_HEAD_PERSONAL },
  { "recipient last name", DHK_HEAD_PERSONAL },
  { "externaldatareference", DHK_HEAD_PERSONAL },
  { "external data reference", DHK_HEAD_PERSONAL },
  { "location latitude", DHK_HEAD_PERSONAL },
  { "location longitude", DHK_HEAD_PERSONAL },
  { "locationaccuracy", DHK_HEAD_PERSONAL },
  { "location accuracy", DHK_HEAD_PERSONAL },
  { "referrer url", DHK_HEAD_PERSONAL },
  { "verwijzende url", DHK_HEAD_PERSONAL },
  { "access code", DHK_HEAD_PERSONAL },
  { "toegangscode", DHK_HEAD_PERSONAL },
};

static const char *const technical_starts[] = {
  "points - ",   "punten - ",   "feedback - ",    "grouptime",
  "group time:", "groepstijd:", "question time:", "vraagtijd:",
};

static const char *const personal_words[] = {
  "e-mail",
  "email",
  "e-mailadres",
  "emailadres",
  "mailadres",
  "e-mailadressen",
  "naam",
  "voornaam",
  "achternaam",
  "roepnaam",
  "name",
  "surname",
  "firstname",
  "lastname",
  "phone",
  "telephone",
  "telefoon",
  "telefoonnummer",
  "mobielnummer",
  "06-nummer",
  "adres",
  "address",
  "woonadres",
  "huisadres",
  "postcode",
  "zipcode",
  "geboortedatum",
  "birthdate",
  "birthday",
  "ip-adres",
  "ip-address",
  "latitude",
  "longitude",
  "breedtegraad",
  "lengtegraad",
  "gebruikersnaam",
  "username",
  "bsn",
  "burgerservicenummer",
  "initialen",
  "initials",
  "voorletters",
  "tussenvoegsel",
  "handtekening",
  "signature",
  "telefoonnr",
  "contactgegevens",
  "woonplaats",
  "huisnummer",
  "iban",
  "rekeningnummer",
  "bankrekening",
  "clientnummer",
  "leerlingnummer",
  "studentnummer",
  "personeelsnummer",
  "dossiernummer",
};

/* How a question asks for a name without the word. */
static const char *const personal_starts[] = {
  "hoe heet je",  "hoe heet jij", "hoe heet u",    "ingevuld door",
  "filled in by", "completed by", "mobiel nummer",
};

static const char *const total_words[] = {
  "total",
  "totals",
  "totaal",
  "totalen",
  "eindtotaal",
  "subtotal",
  "subtotaal",
  "average",
  "averages",
  "mean",
  "means",
  "gemiddelde",
  "gemiddelden",
  "aantal",
  "count",
  "median",
  "mediaan",
  "standaarddeviatie",
  "standaardafwijking",
};

/* Somebody's initials as well. */
static const char *const brief_total_words[] = { "gem", "sum", "som", "sd", "n" };

/* What may stand before such a word. */
static const char *const total_openers[] = { "grand", "overall", "algemeen" };

/* Length without the number and the punctuation behind it. */
static gsize
get_stem_length (const char *folded)
{
  gsize length = strlen (folded);

  while (length > 0 && strchr ("0123456789 :?*.", folded[length - 1]) != NULL)
    length--;
  return length;
}

DhkHeadKind
dhk_head_words_classify (const char *folded)
{
  gsize length;

  g_return_val_if_fail (folded != NULL, DHK_HEAD_OTHER);

  length = get_stem_length (folded);
  for (guint i = 0; i < G_N_ELEMENTS (whole_heads); i++)
    {
      const char *head = whole_heads[i].head;

      if (strlen (head) != length || strncmp (folded, head, length) != 0)
        continue;
      /* "id2" is something else than the form's own number. */
      if (whole_heads[i].kind < DHK_HEAD_EMAIL && folded[length] >= '0' && folded[length] <= '9')
        return DHK_HEAD_OTHER;
      return whole_heads[i].kind;
    }
  /* Quiz exports put these before every question; LimeSurvey names its timings so. */
  for (guint i = 0; i < G_N_ELEMENTS (technical_starts); i++)
    if (g_str_has_prefix (folded, technical_starts[i]))
      return DHK_HEAD_TECHNICAL;
  return DHK_HEAD_OTHER;
}

static gboolean
is_word_character (char c)
{
  return g_ascii_isalnum (c) || c == '-' || (guchar) c >= 0x80;
}

static gboolean
is_listed (const char *word, gsize length, const char *const *list, gsize n_list)
{
  for (gsize i = 0; i < n_list; i++)
    if (strlen (list[i]) == length && strncmp (word, list[i], length) == 0)
      return TRUE;
  return FALSE;
}

gboolean
dhk_head_words_ask_number (const char *folded)
{
  static const char *const words[]
      = { "oud",    "old",     "jaar",  "jaren",   "year",        "years", "aantal",
          "number", "hoeveel", "many",  "maanden", "months",      "uren",  "hours",
          "dagen",  "days",    "weken", "weeks",   "geboortejaar" };

  g_return_val_if_fail (folded != NULL, FALSE);

  for (const char *p = folded; *p != '\0';)
    {
      const char *start = p;

      while (is_word_character (*p))
        p++;
      if (is_listed (start, (gsize) (p - start), words, G_N_ELEMENTS (words)))
        return TRUE;
      if (*p != '\0')
        p++;
    }
  return FALSE;
}

gboolean
dhk_head_words_sound_personal (const char *folded)
{
  g_return_val_if_fail (folded != NULL, FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (personal_starts); i++)
    if (g_str_has_prefix (folded, personal_starts[i]))
      return TRUE;
  for (const char *p = folded; *p != '\0';)
    {
      gsize length = 0;

      while (is_word_character (p[length]))
        length++;
      if (is_listed (p, length, personal_words, G_N_ELEMENTS (personal_words)))
        return TRUE;
      p += MAX (length, 1);
    }
  return FALSE;
}

static gsize
get_word_length (const char *text)
{
  gsize length = 0;

  while (is_word_character (text[length]))
    length++;
  return length;
}

DhkTotalWord
dhk_head_words_find_total (const char *folded)
{
  gsize length;

  g_return_val_if_fail (folded != NULL, DHK_TOTAL_NONE);

  length = get_word_length (folded);
  if (is_listed (folded, length, total_openers, G_N_ELEMENTS (total_openers))
      && folded[length] == ' ')
    {
      folded += length + 1;
      length = get_word_length (folded);
    }
  if (is_listed (folded, length, total_words, G_N_ELEMENTS (total_words)))
    return DHK_TOTAL_CLEAR;
  return is_listed (folded, length, brief_total_words, G_N_ELEMENTS (brief_total_words))
             ? DHK_TOTAL_BRIEF
             : DHK_TOTAL_NONE;
}
