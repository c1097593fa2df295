"""Find who is said to say what: the cue, the mention of its source, and the content.

The terms are those of PARC: a *cue* (قالت، بحسب، مؤكداً), a *source* (the mention at that place, or none
where Arabic drops the subject) and a *content*. A cue is a form of a reporting verb in one of the frames of
that verb (`reporting_verbs.csv`), a participle, a preposition of report (بحسب، وفقاً لـ، نقلاً عن), or the
colon of a headline. A verb without its frame is no cue: «ذكر الوردة» reports nothing.

The rules read the tokens around a cue only, so their cost grows with the number of cues.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from analysis.complements import ENDS, REACH, Complement, after_colon, find_complement, quoted_speech, that_clause
from analysis.lexicons import load
from analysis.numerals import may_begin, read_modifier
from analysis.phrases import (
    COMMAS,
    DASHES,
    MEDIA,
    View,
    is_addressee,
    is_communication,
    is_definite,
    is_masdar,
    phrase_span,
    read_finite,
    read_subject,
    speaks_for,
    subject_before,
)
from analysis.refusals import is_between, is_homograph, is_impersonal, is_refused, surface
from analysis.segment import Quotation
from analysis.subjects import after_interruptions, find_issuer, find_source
from analysis.text import Remembered, Span, word
from analysis.verbs import Cue, Verb, may_be_marked, read_cue

# The cues that are no verbs: «وجاء في بيان» and the colon of a headline.
_STATED = Verb("جاء", "say", "statement", frozenset({"that", "quote"}))
_COLON = Verb(":", "say", "statement", frozenset({"quote"}))


@dataclass(frozen=True, slots=True)
class Attribution:
    """Hold one attribution.

    `source` is the mention (None when the subject is dropped), `via` the relays from the outlet inwards
    (نقلت وكالة عن شبكة عن مصدر).
    `subject` says how the source stands to the cue: verb-first, subject-first, antecedent, dropped, inside
    (what an enclosing speaker calls something: «ما وصفه بـ»), first-person, participle, preposition, headline.
    `gender` and `number` are those of the verb, for finding a dropped subject.
    """

    cue: Span
    source: Span | None
    content: Span
    act: str
    kind: str
    quoted: bool
    subject: str
    rule: str
    sentence: int
    verb: str
    gender: str | None = None
    number: str | None = None
    via: tuple[Span, ...] = ()

    def via_text(self, text: str) -> str | None:
        """Return the relays as Arabic news names them, «الوكالة عن الشبكة», or None."""
        return " عن ".join(span.of(text) for span in self.via) or None


def find_attributions(text: str, views: Sequence[View]) -> list[Attribution]:
    """Return the attributions of an article, given the views of its sentences, in the order of their cues."""
    found: list[Attribution] = []
    for n, view in enumerate(views):
        made = [m for m in _close_contents(text, view, list(_in_sentence(text, view))) if len(m.content)]
        if not made and view.keys[-1] == ":" and n + 1 < len(views):
            made = list(_before_speech(text, view, views[n + 1]))
        found += made
    return found


def _before_speech(text: str, view: View, following: View) -> Iterator[Attribution]:
    """Read «وقال الوزير:» over a paragraph that is his speech in quotation marks."""
    quotation = following.quotation(0)
    if quotation is None or quotation.kind != "speech":
        return
    for i in range(len(view.keys)):
        cue = read_cue(view.tokens.words[i])
        if (
            cue is None
            or cue.form == "participle"
            or not cue.verb.frames & {"quote", "that"}
            or is_refused(view, i, cue)
        ):
            continue
        source, subject = find_source(view, i, cue, len(view.keys) - 1)
        speech = quoted_speech(quotation, len(view.keys) - 1)
        yield _attribution(text, view, i, cue, speech, source, subject, "quote-below")
        return


@Remembered
def _may_report(key: str) -> bool:
    """Tell from a folded word alone whether a cue can begin with it: the quick test before the rules."""
    stated = key in (":", "جاء", "وجاء", "ورد", "وورد") or key in _SAYING
    return stated or load("according_to").may_begin(key) or may_be_marked(key)


def _in_sentence(text: str, view: View) -> Iterator[Attribution]:
    skip_until = 0
    for i in [i for i, key in enumerate(view.keys) if _may_report[key]]:
        if i < skip_until:
            continue
        form = view.tokens.words[i]
        found = load("according_to").find(view.tokens, i)
        if found and found.proclitics in ("", "و", "ف"):
            attribution, stop = _according_to(text, view, i, found.stop, found.entry.tag)
            if attribution:
                yield attribution
            skip_until = stop
            continue
        if form.key == ":" and (attribution := _headline_colon(text, view, i)):
            yield attribution
            continue
        if form.key in ("جاء", "وجاء", "ورد", "وورد") and (attribution := _stated_in(text, view, i)):
            yield attribution
            continue
        if form.key in _SAYING and (attribution := _by_saying(text, view, i)):
            yield attribution
            continue
        cue = read_cue(form)
        if cue is None or i in view.in_time:
            continue
        rule = _participle if cue.form == "participle" else _finite_verb
        if attribution := rule(text, view, i, cue):
            yield attribution


_SAYING = frozenset(("بالقول", "بقوله", "بقولها", "بقولهم"))
_CONTENT_WITH = frozenset("اكتفي اكتفت اكتفوا يكتفي تكتفي بدا بدات استهل استهلت انتهي انتهت".split())
_SAYING_REACH = 9  # «واكتفى الناطق باسم الوزارة في العاصمة بالقول»


def _by_saying(text: str, view: View, i: int) -> Attribution | None:
    """Read «واكتفت الوزارة بالقول إن»: the verb before it reports nothing by itself."""
    opening = next(
        (k + 1 for k in range(i - 1, max(-1, i - _SAYING_REACH), -1) if view.tokens.words[k].is_mark),
        max(0, i - _SAYING_REACH),
    )
    said = view.tokens.key(opening).removeprefix("و").removeprefix("ف")
    if i - opening < 1 or said not in _CONTENT_WITH or i + 1 >= len(view.keys):
        return None
    if any(read_cue(view.tokens.words[k]) for k in range(opening, i)):
        return None
    colon, quotation = view.keys[i + 1] == ":", view.quotation(i + 1)
    if colon:
        content = after_colon(view, i + 1)
    elif quotation:
        content = quoted_speech(quotation, i + 1)
    elif view.tag(i + 1) == "that":
        content = that_clause(view, i + 1, "")
    else:
        return None
    if content is None:
        return None
    stop = read_subject(view, opening + 1, i) if opening + 1 < i else i
    source = phrase_span(view, opening + 1, stop) if opening + 1 < stop else None
    gender = "f" if view.keys[opening].endswith("ت") else "m"
    cue = Cue(_STATED, "past", gender, None, 3)
    return _attribution(text, view, i, cue, content, source, "verb-first" if source else "dropped", "by-saying")


def _finite_verb(text: str, view: View, i: int, cue: Cue) -> Attribution | None:
    if is_refused(view, i, cue):
        return None
    complement = find_complement(view, i, cue)
    if relay := _relay(text, view, i, cue, complement):
        return relay
    if complement is None:
        return (
            _verb_after_quote(text, view, i, cue)
            or _verb_at_end(text, view, i, cue)
            or _verb_after_words(text, view, i, cue)
        )
    source, subject = find_source(view, i, cue, complement.token)
    if subject == "dropped" and cue.verb.surface == "بين" and cue.form == "present" and cue.gender == "f":
        return None  # «وتبيّن أنه» is another verb, and has no speaker
    if subject in ("dropped", "antecedent") and is_impersonal(i, cue, complement.frame, complement.token, subject):
        return None
    if complement.frame == "that" and not _may_tell(view, i, cue, complement, source):
        return None
    if source is not None and subject == "verb-first" and cue.verb.surface == "بين" and is_between(view, i, source):
        return None
    return _attribution(text, view, i, cue, complement, source, subject, f"verb-{complement.frame}")


def _may_tell(view: View, i: int, cue: Cue, complement: Complement, source: Span | None) -> bool:
    """Tell «وزادت المصادر أن»، «علم المرصد أن» from «زادت المخاوف من أن» and «علم الطالب أن»."""
    if cue.verb.surface not in ("زاد", "علم"):
        return True
    if source is None:
        return cue.verb.surface == "زاد" and complement.token == i + 1
    first = view.tokens.inside(source)[0]
    head = view.speaker(first)
    if cue.verb.surface == "زاد":
        return head is not None or view.keys[first].startswith("مصادر")
    return view.quotation(first) is not None or (head is not None and (head.tag == "media" or "مرصد" in head.keys))


def _relay(text: str, view: View, i: int, cue: Cue, complement: Complement | None) -> Attribution | None:
    """Read «نقلت الوكالة عن مصدر قوله إن» and «ذكرت الوكالة عن مصدر»: the quoted source, and the relay apart."""
    if "about" in cue.verb.frames:
        return None
    if "relay-to" in cue.verb.frames and not any(k in ("قوله", "قولها", "قولهم") for k in view.keys[i + 1 : i + 20]):
        return None
    first = after_interruptions(view, i + 1)
    reach = complement.token + 1 if complement else i + 20
    for j in range(i + 1, min(reach, i + 20, len(view.keys) - 1)):
        if (opened := view.quotation(j)) and opened.kind == "speech":
            return None
        if view.keys[j] in ("عنه", "عنها", "عنهم") and cue.verb.kind == "relay":
            return _relay_of_pronoun(text, view, i, j, cue)
        on_behalf = view.keys[j] == "لسان" and view.keys[j - 1] == "علي"
        attributed = "relay-to" in cue.verb.frames and view.keys[j] == "الي"  # نسبت الصحيفة إلى مصدر قوله
        words = view.keys[j] == "قول" and cue.verb.kind == "relay"  # نقلت الصحيفة قول الطبيب إن
        sits_for = (
            view.keys[j] == "عن"
            and speaks_for(view, j - 1)
            and not any(k in ("قوله", "قولها") for k in view.keys[j : j + 10])
        )
        if (view.keys[j] != "عن" or sits_for) and not (on_behalf or attributed or words):
            continue
        start = j + 1
        quotation = view.quotation(start)
        counted = (
            may_begin(view.keys[start]) and start + 1 < len(view.keys) and view.speaker(start + 1)
        )  # عن ثلاثة مصادر
        if not (quotation or view.speaker(start) or counted or on_behalf or attributed):
            return None
        stop = view.after(quotation) if quotation else read_subject(view, start + bool(counted), len(view.keys))
        if stop <= start:
            return None  # nobody stands behind عن
        relays: list[Span] = []
        while view.keys[stop : stop + 1] == ["عن"] and stop + 1 < len(view.keys) and view.speaker(stop + 1):
            relays.append(quotation.inner if quotation else phrase_span(view, start, stop))
            start = stop + 1  # نقلت الوكالة عن الشبكة عن القيادي أن
            stop = read_subject(view, start, len(view.keys))
            quotation = None
        stop = min(
            stop,
            next(
                (
                    k
                    for k in range(start, stop)
                    if view.keys[k] in ("قوله", "قولها", "قولهم", "نفيه", "نفيها", "تاكيده", "تاكيدها")
                ),
                stop,
            ),
        )
        if stop <= start:
            return None  # «نسبت الصحيفة إلى قوله»
        content = _complement_after(view, stop, cue)
        if on_behalf and complement and complement.token >= stop:
            content = complement  # ودعا على لسان ناطق إلى تحقيق
        if content is None:
            return None
        relay_stop = read_subject(view, first, j) if first < j else first
        if relay_stop > first and not on_behalf:
            relays.insert(0, phrase_span(view, first, relay_stop))
        source = phrase_span(view, start, stop) if not quotation else quotation.inner
        made = _attribution(text, view, i, cue, content, source, "verb-first", "relay")
        return replace(made, via=tuple(relays), gender=None, number=None)
    return None


def _relay_of_pronoun(text: str, view: View, i: int, j: int, cue: Cue) -> Attribution | None:
    """Read «نقلت عنه الوكالة قوله إن»: the speaker is somebody named before."""
    stop = read_subject(view, j + 1, len(view.keys)) if j + 1 < len(view.keys) else j + 1
    stop = next((k for k in range(j + 1, stop) if view.keys[k] in ("قوله", "قولها", "قولهم")), stop)
    content = _complement_after(view, stop, cue)
    if content is None:
        return None
    via = (phrase_span(view, j + 1, stop),) if stop > j + 1 else ()
    gender, number = {"عنه": ("m", None), "عنها": ("f", None)}.get(view.keys[j], (None, "plural"))
    made = _attribution(text, view, i, cue, content, None, "dropped", "relay")
    return replace(made, via=via, gender=gender, number=number)


def _complement_after(view: View, j: int, cue: Cue) -> Complement | None:
    """Return the content after the quoted source of a relay: «قوله إن»، «أن»، «: "…"»، «نفيه للأمر»."""
    limit = min(j + 12, len(view.keys))
    while j < limit:
        if j in view.times:
            j = view.times[j]
            continue
        if view.keys[j] == ":":
            return after_colon(view, j)
        if quotation := view.quotation(j):
            return quoted_speech(quotation, j)
        particle = view.particle(j)
        if particle and particle.entry.tag == "that":
            return that_clause(view, j, particle.proclitics)
        if view.keys[j] in ("قوله", "قولها", "قولهم") and cue.verb.kind == "relay" and j + 1 < len(view.keys):
            following = view.keys[j + 1]
            if following != ":" and not view.quotation(j + 1) and view.tag(j + 1) != "that":
                return Complement(view.tokens.starts[j + 1], j, "object")  # قوله لا نعرف
        if view.keys[j] in ("نفيه", "نفيها", "تاكيده", "تاكيدها", "تحذيره", "تحذيرها", "ترجيحه"):
            return Complement(view.tokens.starts[j], j, "object")
        j += 1
    return None


def _participle(text: str, view: View, i: int, cue: Cue) -> Attribution | None:
    """Read «، مؤكداً أن»: it takes its subject from the clause before."""
    key = view.keys[i]
    if is_definite(key) or is_homograph(view, i):
        return None
    if i and view.tag(i - 1) in ("preposition", "demonstrative"):
        return None
    if cue.number == "singular" and view.speaker(i) and not view.keys[i].endswith("ا"):
        return None
    complement = find_complement(view, i, cue)
    if complement is None or complement.token - i > 12:
        return None
    if cue.verb.surface == "أقر" and view.tokens.key(i + 1) in ("له", "لها", "لهم"):
        return None  # «يتخذ من المدينة مقراً له»
    before = view.keys[i - 1] if i else ","
    marked = before in COMMAS or before in ')”"»“' or view.tokens.words[i - 1].is_mark if i else True
    if not marked and complement.frame not in ("that", "quote", "call") and complement.token - i > 2:
        return None
    if not marked and cue.gender == "f" and view.speaker(i - 1) and complement.frame not in ("that", "quote"):
        return None
    circumstance = surface(view, i).endswith(("ًا", "اً"))  # غادر الوفد متهماً الإدارة بالعرقلة
    if complement.frame == "object" and key.endswith("ا") and complement.token == i + 1:
        circumstance = circumstance or view.tag(i + 1) == "call"  # … مؤكدا ضرورة الري
    if complement.frame in ("object", "call") and not marked and not circumstance:
        return None
    return _attribution(text, view, i, cue, complement, None, "participle", f"participle-{complement.frame}")


_NO_SOURCE = frozenset(
    (
        "حروف",
        "الحروف",
        "قانون",
        "القانون",
        "للقانون",
        "معايير",
        "المعايير",
        "درجات",
        "جدول",
        "الجدول",
        "الحاجه",
        "الاصول",
        "شروط",
        "الشروط",
        "احكام",
        "قواعد",
        "القواعد",
        "مبدا",
        "ضوابط",
        "الضوابط",
        "اليه",
        "الخطه",
        "خطه",
        "الاولويه",
        "اولويات",
        "التطور",
        "الطلب",
        "طلب",
        "حجم",
        "عدد",
        "نوع",
        "سعر",
        "السعر",
        "الاسعار",
        "حسابات",
        "رويه",
        "منهج",
        "منهجيه",
        "صيغه",
        "الماده",
        "الظروف",
        "ظروف",
        "الموسم",
        "العمر",
        "المنطقه",
        "اهميه",
        "الاتفاق",
        "اتفاق",
        "الدستور",
        "المواصفات",
        "مواصفات",
        "نظام",
        "النظام",
        "اجراءات",
        "الاجراءات",
        "متطلبات",
        "احتياجات",
        "توجيهات",
        "خارطه",
        "جدوله",
        "قاعده",
        "اسس",
    )
)


def _according_to(text: str, view: View, i: int, stop: int, tag: str) -> tuple[Attribution | None, int]:
    """Read «بحسب التقرير، …» and «…، وفق ما أفاد به رئيس الدائرة»; return it and the token to go on from."""
    via: tuple[Span, ...] = ()
    source: Span | None = None
    if tag == "self":
        after = stop
    else:
        first = stop
        if view.keys[first : first + 1] in (["عن"], ["الي"]):
            first += 1
        if first >= len(view.keys):
            return None, stop
        if view.keys[i + 1 : i + 2] == ["ذمه"] and view.keys[first].startswith(("التحقيق", "تحقيق", "القضي", "قضي")):
            return None, stop  # الحبس على ذمة التحقيق
        if tag in ("clause", "as"):
            cue = read_cue(view.tokens.words[first])
            if tag == "as" and (cue is None or (i and view.keys[i - 1] not in COMMAS) or _takes_on(view, i)):
                return None, stop  # «وافق على ما قال», but «انهار الجسر، على ما قال الشهود»
            first = after_interruptions(view, first + 1)
        if view.tag(first) == "addressee" or view.keys[first : first + 1] == ["ل"]:
            first += 1
        after = read_subject(view, first, len(view.keys)) if first < len(view.keys) else first
        if tag in ("clause", "as") and view.keys[after : after + 1] == ["عن"] and after + 1 < len(view.keys):
            inner = read_subject(view, after + 1, len(view.keys))  # حسب ما نقلت الوكالة عن مصادر
            if inner > after + 1 and cue and after > first:
                via = (phrase_span(view, first, after),)
                first, after = after + 1, inner
        if after == first or (tag == "as" and after < len(view.keys) and view.keys[after] in ("من", "بانه", "بانها")):
            return None, stop
        if tag == "noun" and not _is_source_like(view, first):
            return None, stop
        if view.keys[after : after + 1] in (["ل"], ["لـ"]) and (name := view.quotation(after + 1)):
            after = view.after(name) if name.kind == "name" else after  # وفق المركز الإعلامي لـ"حركة الأمل"
        source = phrase_span(view, first, after)
        if issuer := find_issuer(view, first, after):
            source = issuer
            after = max(after, view.tokens.inside(issuer)[1])
        if tag == "noun" and not issuer and view.keys[first].startswith("ل") and not view.keys[first].startswith("لل"):
            found = load("speakers").find(view.tokens, first)
            if (found and found.proclitics.startswith("ل") and found.proclitics != "لال") or view.keys[i].endswith(
                ("وفقا", "طبقا")
            ):
                source = Span(source.start + 1, source.end)
    opens = view.keys[i].removeprefix("و") in ("في", "من")  # في رأي فلان، من وجهة نظر النقابة
    if opens and (_clause_opening(view, i) < i - 1 or view.keys[after : after + 1] not in (["،"], [","])):
        return None, stop
    said = i + 1 if opens else stop if tag == "as" else i
    cue_span = view.tokens.span(said, said + 1)
    content = _content_around(view, i, after)
    if content is None:
        return None, stop
    made = Attribution(
        cue=cue_span,
        source=source,
        content=content,
        act="assessment" if opens else _act(view, "", "statement", content.start, content.end),
        kind="indirect",
        quoted=False,
        subject="preposition" if source else "dropped",
        rule="according-to",
        sentence=view.sentence.index,
        verb=view.tokens.words[i].light,
        via=via,
    )
    return made, after


_TAKE_ON = frozenset(
    "احتج احتجت احتجوا اتفق اتفقت اتفقا اتفقوا علق علقت وافق وافقت رد ردت اعترض اعترضت شدد شددت اكد اكدت".split()
)


def _takes_on(view: View, i: int) -> bool:
    """Tell a verb before that takes على: «احتج السكان، أمس، على ما أعلنته البلدية»."""
    return any(key.removeprefix("و") in _TAKE_ON for key in view.keys[max(0, i - 12) : i])


def _is_source_like(view: View, first: int) -> bool:
    """Tell «بحسب الوزارة» from «حسب الحاجة» and «وفق درجات الخطورة»."""
    key = view.keys[first]
    if key in _NO_SOURCE or key.removeprefix("ل") in _NO_SOURCE or key.removeprefix("لل") in _NO_SOURCE:
        return False
    if view.tag(first) == "demonstrative":
        return first + 1 < len(view.keys) and view.speaker(first + 1) is not None  # بحسب هذه البيانات
    if key.endswith(("ها", "هم")) and view.speaker(first) is None and len(key) > 4:
        return False  # بحسب درجاتها
    if view.speaker(first) or view.quotation(first) or (key.isascii() and key.isalpha()):
        return True
    if is_masdar(key.removeprefix("ل")) and key.removeprefix("ل") not in ("افاده", "شهاده", "روايه"):
        return False
    return view.keys[first + 1 : first + 2] != [] and not key.endswith("ات") and view.tag(first) == ""


def _content_around(view: View, i: int, after: int) -> Span | None:
    """Return the clause that a preposition of report speaks of: what follows it when it opens the clause."""
    n = len(view.keys)
    opening = _clause_opening(view, i)
    if opening >= i or (i and view.tag(i - 1) == "that"):  # بحسب التقرير، وقعت; أنه وفقاً للشهود فإن
        start = _behind_source(view, after)
        while start < n and view.tokens.words[start].is_mark and not view.quotation(start):
            start += 1
        return Span(view.tokens.starts[start], view.tokens.ends[-1]) if start < n else None
    if view.keys[i - 1] in COMMAS and (rest := _goes_on_behind(view, after)):
        stop = next((k for k in range(rest, n - 1) if view.keys[k] in COMMAS and _begins_clause(view, k + 1)), n)
        return view.tokens.span(opening, stop)
    return Span(view.tokens.starts[opening], view.tokens.ends[i - 1])


def _begins_clause(view: View, i: int) -> bool:
    return view.keys[i].startswith("و") or view.tag(i) == "clause"


def _goes_on_behind(view: View, after: int) -> int:
    """Return where a clause goes on behind its source: «وينتمي هؤلاء، وفقاً للمركز، | إلى خمس دول»; 0 if it does not."""
    comma = _behind_source(view, after)
    k = comma + 1
    if k >= len(view.keys) or view.keys[comma] not in COMMAS:
        return 0
    counts = may_begin(view.keys[k]) or read_modifier(view.tokens, k) is not None  # سقط، بحسب الشهود، | عشرون
    return k if counts or view.keys[k] in ("الي", "علي", "عن", "من") else 0


def _behind_source(view: View, after: int) -> int:
    """Go on to the comma where the source goes on: «بحسب شهود تحدثوا إلى إذاعة محلية، فإن»."""
    if after >= len(view.keys):
        return after
    if view.keys[after] in COMMAS and view.tag(after + 1) == "relative":  # بحسب القرار، الذي اطلعنا عليه، فإن
        return next((k for k in range(after + 1, min(after + 25, len(view.keys))) if view.keys[k] in COMMAS), after)
    goes_on = is_addressee(view, after) or view.tag(after) in ("preposition", "relative", "circumstance")
    if not goes_on and not view.keys[after].endswith("وا") and not read_finite(view, after):
        return after
    return next((k for k in range(after, min(after + 15, len(view.keys))) if view.keys[k] in COMMAS), after)


def _clause_opening(view: View, i: int) -> int:
    """Return the token at which the clause before token `i` begins."""
    k = i - 1
    while k >= 0:
        found = view.particle(k)
        if (
            found
            and found.entry.tag == "clause"
            and found.entry.surface not in ("كما", "على أن", "مما", "إذا", "حيث", "بل", "قبل أن", "بعد أن", "بعدما")
        ):
            return found.stop
        if view.keys[k] in ".؛":
            return k + 1
        k -= 1
    return 0


def _stated_in(text: str, view: View, i: int) -> Attribution | None:
    """Read «وجاء في بيان نشره رئيس الاتحاد: "…"» and «وجاء في البيان أن»."""
    n = len(view.keys)
    if i + 2 >= n or view.keys[i + 1] not in ("في", "ب"):
        return None
    document = view.speaker(i + 2)
    ruling = view.keys[i + 2] in ("القرار", "الحكم") or (document is not None and document.tag == "document")
    if not ruling and not is_communication(view, i + 2):
        return None
    complement = None
    for j in range(i + 3, min(i + REACH, n)):
        if view.keys[j] == ":":
            complement = after_colon(view, j)
        elif (quotation := view.quotation(j)) and quotation.kind == "speech" and len(quotation.inner) > 25:
            complement = quoted_speech(quotation, j)
        elif view.tag(j) == "that" and view.keys[j - 1] not in ("بعد", "قبل"):
            complement = that_clause(view, j, "")
        if complement:
            break
    if complement is None:
        return None
    source, how = find_issuer(view, i + 2, i + 3) or phrase_span(view, i + 2, i + 3), "verb-first"
    issued = source.start > view.tokens.ends[i + 2]
    after = read_subject(view, i + 2, complement.token)
    if (
        not issued
        and after > i + 3
        and (is_definite(view.keys[i + 3]) or view.speaker(i + 3))
        and not is_definite(view.keys[i + 2])
    ):
        source = phrase_span(view, i + 3, after)  # وجاء في بيان الوزارة أن
    if view.keys[i + 3] in ("نشره", "نشرته", "اصدره", "اصدرته", "عن", "ل", "بثه", "بثته", "وجهه", "القاه", "القاها"):
        stop = read_subject(view, i + 4, complement.token)
        if stop > i + 4:
            source = phrase_span(view, i + 4, stop)
    elif view.keys[i + 3].startswith("ل") and view.speaker(i + 3):
        stop = read_subject(view, i + 3, complement.token)
        source = phrase_span(view, i + 3, max(stop, i + 4))
        if not view.keys[i + 3].startswith("لل"):  # في تقرير للمنظمة
            source = Span(source.start + 1, source.end)
    cue = Cue(_STATED, "past", None, None, 3)
    return _attribution(text, view, i, cue, complement, source, how, "stated-in")


def _headline_colon(text: str, view: View, i: int) -> Attribution | None:
    """Read «وزير الخارجية: سنعود»; «تونس: ردود فعل» names a place, not a speaker."""
    if i + 1 >= len(view.keys) or view.sentence.kind not in ("headline", "subhead"):
        return None
    first = i
    while first and not (view.tokens.words[first - 1].is_mark and view.keys[first - 1] in ".،|-–—…"):
        first -= 1
    if first == i or i - first > 8 or any(read_finite(view, k) for k in range(first, i)):
        return None
    if view.quotation(first) or view.keys[first].startswith("بال"):
        return None  # بالصور: …
    if not (view.speaker(first) or _is_person_name(text, view, first, i) or _is_ministry(text, view, first, i)):
        return None
    cue = Cue(_COLON, "past", None, None, 3)
    complement = after_colon(view, i)
    if complement is None:
        return None
    return _attribution(text, view, i, cue, complement, phrase_span(view, first, i), "headline", "headline-colon")


def _is_ministry(text: str, view: View, first: int, stop: int) -> bool:
    """Tell «التموين: …» where the article speaks of وزارة التموين or its minister."""
    if stop - first != 1 or not is_definite(view.keys[first]):
        return False
    name = view.tokens.words[first].surface
    return any(f"{head} {name}" in text for head in ("وزارة", "وزير", "وزيرة", "هيئة", "مديرية"))


def _is_person_name(text: str, view: View, first: int, stop: int) -> bool:
    """Tell whether words before a headline's colon look like a name: two or three words, none a common noun."""
    if any(view.tag(k) or is_masdar(view.keys[k]) for k in range(first, stop)):
        return False
    if stop - first == 1:  # «حيدر: …» where the article lets the name speak
        name = view.tokens.words[first]
        known = load("states").find(view.tokens, first) or is_definite(name.key) or len(name.key) < 4
        known = known or name.light.endswith("ا")  # «ثانياً: الكلفة»
        return not known and _speaks(text, name.surface)
    if not 2 <= stop - first <= 3:
        return False
    # صابة الزيتون and كأس الأمم are no one; سامي الحداد says something in the article
    if not is_definite(view.keys[stop - 1]):
        return True
    return not view.keys[first].endswith("ه") and _speaks(text, view.tokens.words[stop - 1].surface)


def _speaks(text: str, name: str) -> bool:
    """Tell whether a name stands next to a reporting verb somewhere in a text."""
    for match in islice(re.finditer(re.escape(name), text), 30):
        before = text[max(0, match.start() - 60) : match.start()].split()[-3:]
        around = before + text[match.end() : match.end() + 30].split()[:1]
        if any((cue := read_cue(word(w))) and cue.form != "participle" for w in around if w.isalpha()):
            return True
    return False


def _verb_after_quote(text: str, view: View, i: int, cue: Cue) -> Attribution | None:
    """Read «"…"، يقول أحمد»: the quotation stands before its verb."""
    k = i - 1
    thus = k > 0 and view.keys[k] in ("هكذا", "بهذا", "كما")
    if ("quote" not in cue.verb.frames and not (thus and "describe" in cue.verb.frames)) or cue.prefix:
        return None
    k -= thus
    if k >= 0 and view.keys[k] in COMMAS:
        k -= 1
    quotation = view.closes.get(view.tokens.starts[k]) if k >= 0 else None
    if quotation is None or quotation.kind != "speech":
        return None
    first = after_interruptions(view, i + 1)
    stop = read_subject(view, first, len(view.keys)) if first < len(view.keys) else first
    source = phrase_span(view, first, stop) if stop > first else None
    complement = Complement(quotation.inner.start, i, "quote", quotation.inner.end)
    return _attribution(text, view, i, cue, complement, source, "verb-first" if source else "dropped", "quote-verb")


def _verb_after_words(text: str, view: View, i: int, cue: Cue) -> Attribution | None:
    """Read «لم يصل شيء بعد، كما يقول الأهالي.» and «الوضع صعب، يقول أحمد.»: the words stand before the verb."""
    if cue.verb.act not in ("statement", "assessment") or cue.prefix or not cue.verb.frames & {"that", "quote"}:
        return None
    as_said = i > 0 and view.keys[i - 1] in ("كما", "مثلما")
    k = i - 2 if as_said else i - 1
    if k < 3 or view.keys[k] not in COMMAS or (not as_said and cue.form != "present"):
        return None
    first = after_interruptions(view, i + 1)
    stop = read_subject(view, first, len(view.keys)) if first < len(view.keys) else first
    if (stop == first and not as_said) or not _clause_ends(view, stop):
        return None
    opening = _clause_opening(view, k)
    content = Span(view.tokens.starts[opening], view.tokens.ends[k - 1])
    complement = Complement(content.start, i, "before", content.end)
    source = phrase_span(view, first, stop) if stop > first else None
    made = _attribution(text, view, i, cue, complement, source, "verb-first" if source else "dropped", "words-verb")
    return replace(made, quoted=False, kind="indirect")


def _clause_ends(view: View, k: int) -> bool:
    return (
        k >= len(view.keys)
        or view.keys[k] in ENDS
        or view.keys[k] in COMMAS
        or view.tag(k) in ("circumstance", "preposition")
    )


def _verb_at_end(text: str, view: View, i: int, cue: Cue) -> Attribution | None:
    """Read what stands before its verb: denied in the headline «… والنظام ينفي», in the clause «وهو ما نفاه الحزب»."""
    which = view.keys[i - 1] if i else ""
    if which == "ما" and view.keys[i - 2 : i - 1] == ["علي"]:
        return None  # «احتجوا على ما أعلنته البلدية»
    pointer = view.keys[i - 2 : i - 1]
    led_back = view.keys[i + 1 : i + 2] in (["عليه"], ["عنه"], ["اليه"], ["به"])  # هذا ما شدد عليه الوزير
    led_back = led_back and pointer in (["هذا"], ["وهذا"], ["وهو"], ["وهي"], ["ذلك"])
    matter = which == "الذي" and pointer == ["الامر"]  # الأمر الذي نفته الوزارة
    if (which == "ما" and (cue.pronoun or led_back)) or (matter and cue.pronoun):
        first = after_interruptions(view, i + 1 + led_back)
        stop = read_subject(view, first, len(view.keys)) if first < len(view.keys) else first
        opening = next((k for k in range(i - 1, -1, -1) if view.keys[k] in COMMAS), 0)
        if stop == first or not opening:
            return None
        complement = Complement(view.tokens.starts[0], i, "before", view.tokens.ends[opening - 1])
        return _attribution(text, view, i, cue, complement, phrase_span(view, first, stop), "verb-first", "what-said")
    if cue.verb.act != "denial":
        return None
    rest = [w for w in view.tokens.words[i + 1 :] if not w.is_mark]
    before = subject_before(view, i)
    if rest or view.sentence.kind != "headline" or before is None:
        return None
    first, stop = before
    end = first
    while end and view.tokens.words[end - 1].is_mark:
        end -= 1
    start = next((k + 1 for k in range(end - 1, -1, -1) if view.keys[k] in ".،"), 0)
    content = view.tokens.span(start, end) if end > start else view.sentence.span
    complement = Complement(content.start, i, "before", content.end)
    return _attribution(
        text, view, i, cue, complement, phrase_span(view, first, stop), "subject-first", "headline-denial"
    )


def _attribution(
    text: str, view: View, i: int, cue: Cue, complement: Complement, source: Span | None, subject: str, rule: str
) -> Attribution:
    end = complement.end if complement.end is not None else view.tokens.ends[-1]
    quoted = complement.frame == "quote" and complement.end is not None
    return Attribution(
        cue=view.tokens.span(i, i + 1),
        source=source,
        content=Span(complement.start, max(end, complement.start)),
        act=_act(view, cue.verb.surface, cue.verb.act, complement.start, end),
        kind="direct" if quoted else "indirect",
        quoted=quoted,
        subject=subject,
        rule=rule,
        sentence=view.sentence.index,
        verb=cue.verb.surface,
        gender=cue.gender,
        number=cue.number,
    )


# What a content may begin with that calls on somebody: «جدد دعوته الأطراف إلى»، «كرر مطالبته بالإفراج».
_CALLS = frozenset(noun + own for noun in ("دعوت", "مناشدت", "مطالبت", "حث") for own in ("ه", "ها", "هم"))


def _act(view: View, verb: str, act: str, start: int, end: int) -> str:
    """Return the speech act: the verb's own, unless the content says otherwise.

    «شدد على ضرورة»، «قال إنه يجب» recommend; «أكدت استمرارها» commits.
    """
    if act not in ("statement", "announcement", "commitment"):
        return act
    first, stop = view.tokens.inside(Span(start, end))
    tags = [view.tag(k) for k in range(first, min(first + 5, stop))]
    if "call" in tags:
        return "recommendation"
    if "pledge" in tags[:2] and verb in ("أكد", "أعلن", "جدد", "شدد", "أبدى", "كرر"):
        return "commitment"
    if view.tokens.key(first) in _CALLS:
        return "recommendation"
    if verb in ("أعرب", "عبر") and any(
        k in ("اعتقاده", "اعتقادها", "اعتقادهم", "امله", "املها", "قلقه", "قلقها") for k in view.keys[first : first + 3]
    ):
        return "assessment"
    return act


def _close_contents(text: str, view: View, found: list[Attribution]) -> list[Attribution]:
    """End each content where a later cue of the same sentence takes over, and trim marks at its end."""
    closed = []
    cuts = [_cut(view, later) for later in found]
    speeches = [q for q in view.quotations if q.kind == "speech"]
    for n, made in enumerate(found):
        content = made.content
        if not made.quoted and made.rule not in ("what-said", "headline-denial", "words-verb"):
            end = content.end
            quotation_end = _leading_quotation_end(view, content)
            if quotation_end:
                end = quotation_end
            for k in range(n + 1, len(found)):
                later = found[k]
                if later.cue.start >= end:
                    break
                cut = cuts[k]
                if (
                    cut is not None
                    and min(cut, later.cue.start) > content.start
                    and _takes_over(view, made, later, cut)
                ):
                    end = min(end, cut)
                    break
            end = _own_clause(view, made, content.start, _aside_end(view, made, end))
            end = _extend_to_quotation(speeches, content.start, end)
            content = Span(content.start, max(content.start, _trim(text, content.start, end)))
        kind = made.kind
        if kind == "indirect" and any(content.overlaps(q.inner) for q in speeches):
            kind = "mixed"
        if content != made.content or kind != made.kind:
            made = replace(made, content=content, kind=kind, quoted=kind != "indirect")
        closed.append(made)
    return [_with_relay(view, _share_content(made, closed), closed) for made in closed]


def _takes_over(view: View, made: Attribution, later: Attribution, cut: int) -> bool:
    """Tell whether a later cue ends the content of `made`, and does not stand within it."""
    if later.rule != "according-to":
        return True
    if later.source is None or _reports_within(made, later):
        return False  # «راح ضحيتها، على حد قوله، عشرون»
    content = view.tokens_of(Span(made.content.start, cut))
    return made.rule != "verb-that" or len(content) > 1  # «أنه، وفقاً للشهود، فر»


_ADVERSATIVES = frozenset("لكنه لكنها لكنهم ولكنه ولكنها ولكنهم".split())
# Participles of a speaker that are no cue: «، مستدلاً بصورة», «، مستشهدة بقول».
_POINTING = {
    stem + end: agrees
    for stem in ("مستدل", "مستشهد", "مستند")
    for end, agrees in (("ا", "m"), ("ه", "f"), ("ين", "plural"))
}
_MAY_TURN = _ADVERSATIVES | _POINTING.keys() | frozenset("اما واما الا غير فيما بينما دون من في قبل وهو".split())


def _aside_end(view: View, made: Attribution, end: int) -> int:
    """End what is said between dashes: «مقتل عشرين -قالت إن بينهم طفلين- في قصف»."""
    cue, _ = view.tokens.inside(made.cue)
    if cue < 2 or view.keys[cue - 1] not in DASHES or view.tokens.ends[cue - 1] != made.cue.start:
        return end
    _, first = view.tokens.inside(made.cue)
    closing = next((k for k in range(first, len(view.keys)) if view.keys[k] in DASHES), 0)
    return min(end, view.tokens.starts[closing]) if closing else end


def _own_clause(view: View, made: Attribution, start: int, end: int) -> int:
    """End a content where the narrator goes on: «بالانسحاب، لكنهم لم يتخلفوا», «… أما الرئيس، فقد»."""
    first, stop = view.tokens.inside(Span(start, end))
    inside = made.subject == "inside"
    nominal = not made.rule.endswith("that") and made.rule != "according-to"
    for k, key in enumerate(view.keys[first + 2 : stop], first + 2):
        if inside and key in COMMAS:
            return view.tokens.starts[k]  # «ما وصفه بطائرات حربية، تقلع»
        if key not in _MAY_TURN:
            continue
        if view.keys[k - 1] in COMMAS and _comments(view, made, k, stop):
            return view.tokens.starts[k]
        if view.tokens.words[k].light in ("أما", "وأما") and is_definite(view.keys[k + 1] if k + 1 < stop else ""):
            return view.tokens.starts[k]
        if nominal and view.keys[k - 1] in COMMAS and _turns(view, k):
            return view.tokens.starts[k]
    return end


_TELLS = frozenset("حدد سم عط كشف فصح ورد ضيف ضف وضح ذكر تطرق".split())  # دون أن يحدد، دون أن تسمي
_GIVES = frozenset("دليلا ادله تفاصيل مزيدا ايضاحات توضيحات اثباتا".split())  # دون أن يقدم دليلاً
_GOES_ON = frozenset(("استدرك", "أضاف", "تابع", "ختم"))


def _comments(view: View, made: Attribution, k: int, stop: int) -> bool:
    """Tell where the narrator remarks on what was said: «، دون أن يسمي أحداً»، «، في إشارة إلى»، «، وهو ما لم».

    What goes on with «، وأن» behind the remark is still said, and the remark with it.
    """
    if any(view.keys[j - 1] in COMMAS and view.keys[j].startswith("وان") for j in range(k + 1, stop)):
        return False
    three = view.keys[k : k + 3]
    if three[:2] == ["دون", "ان"] or three == ["من", "دون", "ان"]:
        at = k + 2 + (three[0] == "من")
        verb = view.tokens.key(at)
        agrees = verb[:1] == ("ت" if made.gender == "f" else "ي") and not verb.endswith("وا")
        tells = any(verb[1:].startswith(stem) for stem in _TELLS) or not _GIVES.isdisjoint(view.keys[at : at + 4])
        return agrees and made.number != "plural" and tells
    if three[:2] == ["قبل", "ان"]:  # «، قبل أن يستدرك»
        cue = read_cue(view.tokens.words[k + 2]) if k + 2 < len(view.keys) else None
        return cue is not None and cue.verb.surface in _GOES_ON and (not made.gender or cue.gender == made.gender)
    if three[:1] and three[0] in _POINTING:
        return _POINTING[three[0]] in (made.gender, made.number)
    return three[:2] == ["في", "اشاره"] or (three[:2] == ["وهو", "ما"] and view.tag(k + 2) == "negation")


def _turns(view: View, k: int) -> bool:
    """Tell where the narrator turns to something else: «، لكنهم لم يتخلفوا»، «، فيما لم يصدر تعليق»."""
    if view.keys[k] in _ADVERSATIVES:
        return True
    if view.keys[k] in ("الا", "غير"):
        return view.keys[k + 1 : k + 2] in (["ان"], ["انه"], ["انها"], ["انهم"])
    return view.keys[k] in ("فيما", "بينما") and view.tag(k + 1) == "negation"


def _share_content(made: Attribution, found: list[Attribution]) -> Attribution:
    """Give «حسب» at the end of an attributed clause the content of that clause's own cue."""
    if made.rule != "according-to":
        return made
    for other in found:
        if other.rule == "according-to" or not other.cue.start < made.cue.start:
            continue
        if (
            made.content.start <= other.cue.start
            and other.content.end <= made.cue.start
            and other.content.start < made.cue.start
        ):
            return replace(made, content=other.content, kind=other.kind, quoted=other.quoted)
        if made.content.start <= other.cue.start < made.cue.start <= other.content.start:  # «تقول - بحسب الوكالة - إن»
            return replace(made, content=other.content, kind=other.kind, quoted=other.quoted)
    return made


def _with_relay(view: View, made: Attribution, found: list[Attribution]) -> Attribution:
    """Note who passed on «يقول متحدث باسم الحزب، وفق ما أوردته الوكالة، إن»: a medium between verb and content."""
    if made.via or made.rule == "according-to":
        return made
    for aside in found:
        if aside.rule == "according-to" and aside.source and made.cue.end < aside.cue.start < made.content.start:
            head = view.speaker(view.tokens.inside(aside.source)[0])
            return replace(made, via=(aside.source,)) if head and head.keys[0] in MEDIA else made
    return made


def _leading_quotation_end(view: View, content: Span) -> int | None:
    """Return where «إن "…"» ends when the quotation fills it and the sentence goes on with something else."""
    first, _ = view.tokens.inside(content)
    for k in range(first, min(first + 3, len(view.keys))):
        if quotation := view.quotation(k):
            after = view.after(quotation)
            if quotation.kind != "speech" or after >= len(view.keys) or not quotation.closed:
                return None
            if view.keys[after] in COMMAS and view.tag(after + 1) == "clause":
                return quotation.span.end
            return None
    return None


def _extend_to_quotation(speeches: Sequence[Quotation], start: int, end: int) -> int:
    """Let a content that opens a quotation run to its end, over the end of the sentence if need be."""
    for quotation in speeches:
        if start <= quotation.span.start < end < quotation.span.end:
            return quotation.span.end
    return end


def _reports_within(made: Attribution, later: Attribution) -> bool:
    """Tell whether بحسب opens a clause inside the content of `made`: «قال إن الجسر انهار وبحسب الشهود، فرّ السائق»."""
    return (
        later.rule == "according-to"
        and later.content.start > made.content.start
        and later.content.end > later.cue.start
    )


def _cut(view: View, later: Attribution) -> int | None:
    """Return where contents before `later` end because it begins, or None when it is part of them."""
    i, _ = view.tokens.inside(later.cue)
    if later.rule == "what-said":
        return later.content.end  # أعلن المصرف إفلاسه، وهو ما أكده فلان
    if later.rule == "according-to":
        on_what = view.keys[max(0, i - 2) : i] == ["علي", "ما"]
        return view.tokens.starts[i - 2] if on_what else later.cue.start
    if later.subject == "inside":
        return None
    before = i - 1
    if later.rule.startswith("participle"):
        return later.cue.start
    if later.subject == "subject-first" and later.source is not None:
        first, _ = view.tokens.inside(later.source)
        before = first - 1
        glued = first < len(view.keys) and later.source.start > view.tokens.starts[first]
        if glued or (before >= 0 and view.tag(before) == "clause"):
            return view.tokens.starts[first] if glued else view.tokens.starts[max(before, 0)]
        return None
    cue = read_cue(view.tokens.words[i])
    if cue and cue.prefix:
        return later.cue.start
    if view.keys[max(0, i - 2) : i] == ["في", "وقت"]:  # في وقت ذكرت فيه الإذاعة
        return view.tokens.starts[i - 2]
    if view.keys[max(0, i - 3) : i] == ["في", "الوقت", "الذي"]:
        return view.tokens.starts[i - 3]
    aside = i > 3 and view.keys[i - 3] in COMMAS and view.keys[i - 2] == "في" and later.subject == "verb-first"
    if aside and not any(k in COMMAS and view.tag(j + 1) != "that" for j, k in enumerate(view.keys[i:], i)):
        return view.tokens.starts[i - 3]  # …، في قضية قال مصدر إنها
    while before >= 0 and view.tag(before) in ("auxiliary", "adverb", "negation"):
        if view.tag(before) == "negation" and view.keys[before].startswith("و"):
            return view.tokens.starts[before]  # …، ولا تستبعد أن
        before -= 1
    if before >= 0 and view.tag(before) == "clause" and before > 0:
        return view.tokens.starts[before - 1 if view.keys[before - 1] == "في" else before]
    if before >= 0 and view.keys[before] in COMMAS and later.subject in ("verb-first", "dropped"):
        return view.tokens.starts[before]
    return None


def _trim(text: str, start: int, end: int) -> int:
    while end > start and (text[end - 1].isspace() or text[end - 1] in ".،,؛:-–—"):
        end -= 1
    return end
