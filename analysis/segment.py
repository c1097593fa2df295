"""Tell headline, sub-headings, paragraphs and page furniture apart, and cut the body into sentences and quotations.

A pasted news page is lines: a headline, paragraphs, short lines over them, and what the page put around the
article (share bars, related links, comment forms, bylines, captions). The rules know the phrases with which
Arabic pages open such lines (`lexicons/furniture.csv`), and shape: length, closing mark, place. Furniture is
set aside and kept. Quotation marks are paired within a paragraph only, so that a stray one costs a sentence
and not an article.

>>> text = "انهيار جسر في المدينة\\n\\nقال شاهد: “سمعنا صوتاً قوياً. ثم سقط الجسر”.\\nشارك على فيسبوك"
>>> [(block.kind, block.span.start) for block in find_blocks(text)]
[('headline', 0), ('paragraph', 23), ('furniture', 68)]
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from analysis.lexicons import Found, Lexicon, load
from analysis.text import Span, Tokens, fold, tokenize

_LINE = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
_EDGE = (
    " \t\N{NO-BREAK SPACE}\N{ZERO WIDTH SPACE}\N{RIGHT-TO-LEFT MARK}\N{LEFT-TO-RIGHT MARK}\N{ZERO WIDTH NO-BREAK SPACE}"
)
_ENDS = ".!?؟…"
_CLOSERS = "”“\"\N{DOUBLE PRIME}»«’'›)]"
_HEADLINE_WORDS = 30
_SUBHEAD_WORDS = 11
_KICKER_WORDS = 6
_LINK_WORDS = 25
_TAIL_WORDS = 20
# Rules look back and forth in a sentence: its length bounds their cost. Pages without a full stop are pasted too.
_SENTENCE_TOKENS = 300


@dataclass(frozen=True, slots=True)
class Block:
    """Hold one line of the page.

    `kind` is headline, subhead, paragraph or furniture; `section` the text of the sub-heading above it;
    `paragraph` counts the paragraphs of the body from 1 (0 before the first, and for furniture the last one
    seen); `rule` names what told the kind.
    """

    span: Span
    kind: str
    section: str | None
    paragraph: int
    rule: str
    tokens: Tokens = field(repr=False)


@dataclass(frozen=True, slots=True)
class Sentence:
    """Hold one sentence of headline, sub-heading or paragraph, with its tokens; `index` counts from 0."""

    span: Span
    kind: str
    section: str | None
    paragraph: int
    index: int
    tokens: Tokens = field(repr=False)


@dataclass(frozen=True, slots=True)
class Quotation:
    """Hold a stretch between quotation marks.

    `span` has the marks, `inner` not. `kind` is speech, or name where the marks set off a word or a title
    (“الجبل”، صحيفة «الفجر»). `closed` is False for a stray mark: then it ends with its paragraph, or before
    the next opening mark. `nested` says that it stands inside another.
    """

    span: Span
    inner: Span
    kind: str
    closed: bool
    paragraph: int
    nested: bool


# --- blocks -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Line:
    span: Span
    tokens: Tokens
    words: int
    ended: bool
    gap: bool  # an empty line stands before it


def find_blocks(text: str) -> list[Block]:
    """Return the lines of a text as blocks, in order; every character that is not white space is in one."""
    lines = list(_lines(text))
    rules = _furniture(lines)
    body = [i for i, rule in enumerate(rules) if not rule]
    headline = _headline(lines, body)
    blocks: list[Block] = []
    section: str | None = None
    paragraph = 0
    for i, line in enumerate(lines):
        if rules[i]:
            blocks.append(Block(line.span, "furniture", section, paragraph, rules[i], line.tokens))
        elif i == headline:
            blocks.append(Block(line.span, "headline", None, 0, "first-line", line.tokens))
        elif _is_subhead(lines, i, body):
            section = line.span.of(text)
            blocks.append(Block(line.span, "subhead", section, paragraph, "short-line", line.tokens))
        else:
            paragraph += 1
            blocks += _paragraph(line, section, paragraph)
    return blocks


def _paragraph(line: _Line, section: str | None, paragraph: int) -> Iterator[Block]:
    """Yield a paragraph, and apart from it the credit behind its last full stop: «… أمس. س.ع/م.ن (رويترز، وكالات)»."""
    tokens = line.tokens
    credit = _credit(tokens)
    if not credit:
        yield Block(line.span, "paragraph", section, paragraph, "paragraph", tokens)
        return
    body, rest = tokens.part(0, credit), tokens.part(credit, len(tokens))
    yield Block(Span(line.span.start, body.ends[-1]), "paragraph", section, paragraph, "paragraph", body)
    yield Block(Span(rest.starts[0], line.span.end), "furniture", section, paragraph, "credit", rest)


def _credit(tokens: Tokens) -> int:
    """Return the token at which a credit in parentheses ends a paragraph, with initials before it, or 0."""
    last = len(tokens) - 1
    if tokens.key(last) != ")" or last < 12:
        return 0
    opening = next((k for k in range(last - 1, max(0, last - 14), -1) if tokens.key(k) == "("), 0)
    names = [tokens.key(k) for k in range(opening + 1, last)]
    if not opening or not names or not all(k in _agencies() or not k[0].isalnum() for k in names):
        return 0
    begin = opening
    while begin > 1 and (len(tokens.key(begin - 1)) == 1 or tokens.key(begin - 1).isascii()):
        if tokens.key(begin - 1) in _ENDS + _CLOSERS and len(tokens.key(begin - 2)) > 1:
            break
        begin -= 1
    return begin if tokens.key(begin - 1) in _ENDS + _CLOSERS else 0


@cache
def _agencies() -> frozenset[str]:
    """Return the words of the names of agencies: رويترز, فرانس, برس, وكالات."""
    rows = load("furniture").entries
    return frozenset(w for e in rows if e.tag == "agency" or e.surface in ("وكالات", "متابعات") for w in e.keys)


def _lines(text: str) -> Iterator[_Line]:
    previous_end = 0
    for match in _LINE.finditer(text):
        start, end = match.span()
        while start < end and text[start] in _EDGE:
            start += 1
        while end > start and text[end - 1] in _EDGE:
            end -= 1
        if start == end:
            continue
        tokens = tokenize(text, start, end)
        if not len(tokens):
            continue
        words = len([w for w in tokens.words if not w.is_mark])
        last = text[start:end].rstrip(_CLOSERS + _EDGE)[-1:]
        gap = text[previous_end:start].replace("\r\n", "\n").count("\n") > 1 or previous_end == 0
        previous_end = end
        yield _Line(Span(start, end), tokens, words, last in _ENDS, gap)


def _headline(lines: Sequence[_Line], body: Sequence[int]) -> int | None:
    """Return the first line of the body when it looks like a title and something follows it."""
    if len(body) < 2:
        return None
    first, second = lines[body[0]], lines[body[1]]
    if first.words > _HEADLINE_WORDS:
        return None
    full_stop = first.tokens.key(len(first.tokens) - 1) == "." and first.tokens.key(len(first.tokens) - 2) != "."
    return body[0] if not full_stop or (second.gap and second.words > first.words) else None


def _is_subhead(lines: Sequence[_Line], i: int, body: Sequence[int]) -> bool:
    """Tell whether a line is a heading: short, without a full stop, and over a longer paragraph."""
    line = lines[i]
    if i == body[-1]:
        return False
    kicker = i == body[1] and lines[body[0]].words <= _KICKER_WORDS  # «ملف خاص» over the title itself
    deck = i == body[1] and not line.ended  # a second title under the first
    if line.words > (_HEADLINE_WORDS if kicker else 2 * _SUBHEAD_WORDS if deck else _SUBHEAD_WORDS):
        return False
    last = line.tokens.key(len(line.tokens) - 1)
    pause = line.ended and (last == "…" or (last == "." and line.tokens.key(len(line.tokens) - 2) == "."))
    asks = last in "?؟"
    if (line.ended and not pause and not asks) or last in ",،؛;:":
        return False
    following = lines[body[bisect_right(body, i)]]
    return following.words > max(line.words, 8) and following.ended


def _furniture(lines: Sequence[_Line]) -> list[str]:
    """Return for each line the rule by which it is furniture, or ""."""
    head = next((i for i, line in enumerate(lines) if line.ended and line.words > _TAIL_WORDS), 5)
    rules = [_furniture_rule(line, i, len(lines), head) for i, line in enumerate(lines)]
    _repeats(lines, rules, head)
    _link_lists(lines, rules)
    _link_runs(lines, rules)
    _tail(lines, rules)
    return rules


def _speaks(tokens: Tokens, first: int) -> bool:
    """Tell words behind a colon that are no name."""
    lists = load("particles"), load("speakers")
    return any(each.find(tokens, k) for each in lists for k in range(first, len(tokens)))


def _repeats(lines: Sequence[_Line], rules: list[str], head: int) -> None:
    """Mark the headline where a page shows it again above the text."""
    seen: set[tuple[str, ...]] = set()
    for i, line in enumerate(lines[:head]):
        words = tuple(line.tokens.keys)
        if not rules[i] and line.words > 4 and words in seen:
            rules[i] = "repeat"
        seen.add(words)


def _furniture_rule(line: _Line, i: int, count: int, head: int) -> str:
    """Return the rule by which line `i` of `count` is furniture, or ""; the first paragraph is line `head`."""
    lexicon, tokens = load("furniture"), line.tokens
    if not line.words:
        return "marks-only"  # a row of dashes or stars
    if _is_address(tokens):
        return "address"
    if all(w.key.isdigit() or w.is_mark for w in tokens.words):
        return "digits-only"
    opening = _opening(lexicon, tokens)
    if opening and line.words <= _LINK_WORDS:
        tag, value, stop = opening.entry.tag, opening.entry.value, opening.stop
        if i == 0 and line.words > 5 and tag in ("share", "related") and tokens.key(stop) != ":":
            return ""  # the headline «شارك الآلاف في ماراثون المدينة»
        if line.ended and line.words > 6 and tokens.key(stop - 1) == ":" and tag in ("tags", "time"):
            return ""  # «مواضيع: عدة بحثها الوزيران في اللقاء.»
        if opening.entry.surface.startswith("رئيس") and _speaks(tokens, stop):
            return ""  # the headline «رئيس مجلس الإدارة: الشركة لن تسرح أحداً»
        if value == "start" and (
            not line.ended or tokens.key(stop) in ":" or tokens.key(stop - 1) in ":*.)" or line.words <= 6
        ):
            return tag
        if value == "whole" and not any(not w.is_mark and not w.is_number for w in tokens.words[stop:]):
            return tag
    if line.words <= _LINK_WORDS and _is_invitation(lexicon, tokens):
        return "invite"
    if line.words <= 2 * _LINK_WORDS and not _rights_words().isdisjoint(tokens.keys):
        found = [lexicon.find(tokens, k) for k, key in enumerate(tokens.keys) if key in _rights_words()]
        if any(f and f.entry.value == "any" for f in found):
            return "rights"
    if _is_platforms(lexicon, tokens):
        return "share"
    if _is_hashtags(tokens):
        return "tags"
    if i and not line.ended and line.words <= _LINK_WORDS and _ends_with_credit(lexicon, tokens):
        return "caption"
    if (i < max(4, head) or i >= count - 2) and line.words <= 6 and i and _is_agency_line(lexicon, tokens):
        return "byline"
    if (i < max(5, head) or i >= count - 3) and line.words <= 9 and _is_date_line(tokens):
        return "time"
    if line.words <= 6 and tokens.key(0) == "(" and tokens.key(len(tokens) - 1) == ")":
        return "note"  # (تغطية متواصلة)
    if 0 < i < 4 and line.words <= 6 and not line.ended and any(k in "-–—_/" for k in tokens.keys[1:-1]):
        return "byline"  # المدينة - فلان الفلاني:
    if 0 < i < 4 and line.words <= 12 and not line.ended and "|" in tokens.keys and _SERIES & set(tokens.keys):
        return "byline"  # ورقة موقف | وحدة البحوث | العدد 7
    if i == 0 and line.words <= 4 and _is_dateline(tokens):
        return "byline"  # وكالة - بغداد
    if line.words <= 12 and tokens.key(0) in ("الرييسيه", "الصفحه") and any(k in "/>»›|" for k in tokens.keys):
        return "nav"
    if not line.ended and line.words <= 8 and sum(k in ">›" for k in tokens.keys[1:-1]) > 1:
        return "nav"  # البداية > أخبار > محليات
    return ""


_SERIES = frozenset("العدد وحده قسم ورقه سلسله".split())


def _is_dateline(tokens: Tokens) -> bool:
    """Tell a first line of nothing but a capital and an outlet, with a dash between them."""
    ends = _is_capital(tokens, 0) or _is_capital(tokens, len(tokens) - 1)
    return ends and any(k in "-–—_" for k in tokens.keys[1:-1])


def _is_capital(tokens: Tokens, i: int) -> bool:
    found = load("states").find(tokens, i)
    return found is not None and found.entry.tag == "capital"


@cache
def _rights_words() -> frozenset[str]:
    return frozenset(e.keys[0] for e in load("furniture").entries if e.value == "any")


def _opening(lexicon: Lexicon, tokens: Tokens) -> Found | None:
    """Return the furniture phrase that a line begins with, behind bullets: «* نقلاً عن», «- اقرأ أيضاً»."""
    for k in range(min(3, len(tokens))):
        found = lexicon.find(tokens, k)
        if found and not found.proclitics and found.entry.value in ("start", "whole"):
            return found
        if not tokens.words[k].is_mark:
            return None
    return None


def _is_invitation(lexicon: Lexicon, tokens: Tokens) -> bool:
    """Tell «يمكنكم تسلم إشعارات بعد تحميل التطبيق», «تابعوا صفحتنا على فيسبوك»."""
    opening = lexicon.find(tokens, 0)
    if opening is None or opening.entry.tag != "invite" or opening.proclitics:
        return False
    if len(tokens) > opening.stop and tokens.keys[-1] in ("علي", "عبر") and tokens.key(0).endswith(("وا", "نا")):
        return True  # «تابعوا أخبار البلدة على» over the names of channels
    return any((f := lexicon.find(tokens, k)) and f.entry.tag == "channel" for k in range(opening.stop, len(tokens)))


def _is_platforms(lexicon: Lexicon, tokens: Tokens) -> bool:
    """Tell a share bar: a line of nothing but names of platforms."""
    k = named = 0
    while k < len(tokens):
        found = lexicon.find(tokens, k)
        if found and found.entry.tag in ("platform", "channel", "share", "related", "nav"):
            named += found.entry.tag in ("platform", "channel") or "|" in tokens.keys
            k = found.stop
        elif tokens.words[k].is_mark or tokens.words[k].is_number:
            k += 1
        else:
            return False
    return named > 0


def _is_hashtags(tokens: Tokens) -> bool:
    """Tell a line of hashtags alone: «#البلدة #الجسر»; one inside a sentence is a word of it."""
    if tokens.key(0) != "#":
        return False
    words = [k for k, w in enumerate(tokens.words) if not w.is_mark]
    return all(k and (tokens.key(k - 1) in "#_" or tokens.starts[k] == tokens.ends[k - 1]) for k in words)


def _ends_with_credit(lexicon: Lexicon, tokens: Tokens) -> bool:
    """Tell a caption by its credit: «عناصر من الشرطة أمام المبنى (رويترز)», «… - أرشيفية», «… ©»."""
    last = len(tokens) - 1
    if tokens.key(last) == "©" or tokens.key(0) == "©":
        return True
    closed = tokens.key(last) == ")"
    stop = last if closed else last + 1
    for k in range(max(0, stop - 5), stop):
        found = lexicon.find(tokens, k)
        if found and found.entry.tag == "agency" and not found.proclitics and found.stop == stop and k:
            return tokens.key(k - 1) in ("(/-–—|©" if not closed else "(/-–—,،")
    return False


def _is_agency_line(lexicon: Lexicon, tokens: Tokens) -> bool:
    """Tell a dateline that stands alone: «دمشق - سانا», «رام الله/ وكالات»."""
    for k in range(len(tokens)):
        found = lexicon.find(tokens, k)
        agency = found and (found.entry.tag == "agency" or found.entry.surface in ("وكالات", "متابعات"))
        if found and agency and (k == 0 or tokens.words[k - 1].is_mark):
            return found.stop == len(tokens) or tokens.words[-1].is_mark
    return False


_DATE_WORDS = frozenset(
    "السبت الاحد الاثنين الثلاثاء الاربعاء الخميس الجمعه يناير فبراير مارس ابريل مايو يونيو يوليو اغسطس سبتمبر اكتوبر"
    " نوفمبر ديسمبر كانون شباط اذار نيسان ايار حزيران تموز اب ايلول تشرين الثاني الاول جانفي فيفري افريل ماي جوان"
    " جويليه اوت يوليوز غشت شتنبر نونبر دجنبر محرم صفر ربيع جمادي رجب شعبان رمضان شوال ذو ذي القعده الحجه الموافق ه م"
    " ص صباحا مساء ظهرا الساعه ساعه يوم منذ بتوقيت غرينتش جرينتش gmt am pm نشر في تحديث ساعات دقيقه دقائق"
    " ايام محدث اخر".split()
)


def _is_date_line(tokens: Tokens) -> bool:
    """Tell a line that is a date and nothing else: «الأربعاء 21 يناير 2026 - 10:30 ص»."""
    words = [w for w in tokens.words if not w.is_mark]
    return any(w.is_number for w in words) and all(w.is_number or w.key in _DATE_WORDS for w in words)


def _is_address(tokens: Tokens) -> bool:
    """Tell a line that holds nothing but a link, an e-mail address or the name of a site."""
    keys = tokens.keys
    if any(ord(c) > 0x24F for key in keys for c in key if c.isalpha()):
        return False
    return keys[0] in ("http", "https", "www") or "@" in keys or (any(k.isalpha() for k in keys) and len(keys) <= 4)


def _link_lists(lines: Sequence[_Line], rules: list[str]) -> None:
    """Mark the links under «مواضيع ذات صلة»: short lines without a full stop, up to an empty line or a paragraph."""
    for i, rule in enumerate(rules):
        heading = rule == "related" and lines[i].words <= 4
        k = i + 1
        while heading and k < len(lines) and not rules[k]:
            line = lines[k]
            follows = lines[k + 1] if k + 1 < len(lines) else None
            over_paragraph = follows is not None and follows.ended and follows.words > _LINK_WORDS
            if line.ended or line.words > _LINK_WORDS or (line.gap and k > i + 1) or over_paragraph:
                break
            rules[k] = "related-link"
            k += 1


def _link_runs(lines: Sequence[_Line], rules: list[str]) -> None:
    """Mark titles in a row between paragraphs: a heading stands over a paragraph, links stand over each other."""
    body = [i for i, rule in enumerate(rules) if not rule]
    for start, i in enumerate(body):
        before = lines[body[start - 1]] if start else None
        if before is None or not before.ended or not _is_title(lines[i]):
            continue
        stop = start
        while stop < len(body) and _is_title(lines[body[stop]]):
            stop += 1
        if stop - start > 1 and stop < len(body):
            for k in body[start:stop]:
                rules[k] = "related-link"


def _is_title(line: _Line) -> bool:
    return (
        not line.ended and 3 < line.words <= _SUBHEAD_WORDS + 3 and line.tokens.key(len(line.tokens) - 1) not in ",،:؛"
    )


def _tail(lines: Sequence[_Line], rules: list[str]) -> None:
    """Mark a signature, and short lines behind the comment form or the share bar, at the end of a page."""
    closing = ("comments", "share", "related", "rights", "nav", "tags")
    body = [i for i, rule in enumerate(rules) if not rule]
    if len(body) > 2 and _is_signature(lines[body[-1]]) and lines[body[-2]].words > _TAIL_WORDS:
        rules[body[-1]] = "signature"
    last_paragraph = max(
        (i for i, line in enumerate(lines) if not rules[i] and (line.ended or line.words > _TAIL_WORDS)), default=-1
    )
    begun = False
    for i in range(last_paragraph + 1, len(lines)):
        begun = begun or rules[i] in closing
        if begun and not rules[i]:
            rules[i] = "after-end"


def _is_signature(line: _Line) -> bool:
    """Tell what stands under the last paragraph: «مروى ب.», «(يو .بي .آي)», «ز.أ (أ ف ب، رويترز)», a site's name."""
    words = [w.key for w in line.tokens.words if not w.is_mark]
    if len(words) <= 3 and not (line.ended and len(words[-1]) > 2):
        return True
    if len(words) > 12:
        return False
    return all(len(w) <= 2 or w in _agencies() or w.isascii() for w in words)


# --- sentences ---------------------------------------------------------------------------------------


def split_sentences(text: str, blocks: Sequence[Block]) -> list[Sentence]:
    """Return the sentences of all blocks that are no furniture, with their tokens.

    A sentence ends at . ! ? ؟ … before white space, with the closing marks behind it; not after an initial
    («د. سعاد»), a number that opens a list, or the «..» of a headline. One of more than 300 tokens is cut.

    >>> text = "قال: «وصلنا. ثم عدنا.» وأضاف د. سعيد أن الكلفة 4.5 مليون. انتهى"
    >>> [s.span.of(text) for s in split_sentences(text, find_blocks(text))]
    ['قال: «وصلنا.', 'ثم عدنا.»', 'وأضاف د. سعيد أن الكلفة 4.5 مليون.', 'انتهى']
    """
    found: list[Sentence] = []
    for block in blocks:
        if block.kind == "furniture":
            continue
        tokens = block.tokens
        whole = block.kind != "paragraph"
        for first, stop in _bounded(tokens, [(0, len(tokens))] if whole else _cuts(text, tokens)):
            span = tokens.span(first, stop)
            if first == 0:
                span = Span(block.span.start, span.end)
            if stop == len(tokens):
                span = Span(span.start, block.span.end)
            part = tokens.part(first, stop)
            found.append(Sentence(span, block.kind, block.section, block.paragraph, len(found), part))
    return found


_PAUSES = frozenset("،؛,;")


def _bounded(tokens: Tokens, cuts: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Cut what goes on for pages without a full stop, behind a comma where there is one."""
    for first, stop in cuts:
        while stop - first > _SENTENCE_TOKENS:
            last = first + _SENTENCE_TOKENS
            pause = next((k for k in range(last, last - 100, -1) if tokens.key(k - 1) in _PAUSES), last)
            yield first, pause
            first = pause
        yield first, stop


def _cuts(text: str, tokens: Tokens) -> Iterator[tuple[int, int]]:
    first = 0
    n = len(tokens)
    for k, key in enumerate(tokens.keys):
        if key not in _ENDS or k < first:
            continue
        stop = k + 1
        while stop < n and (tokens.key(stop) in _ENDS or _closes(text, tokens, stop)):
            stop += 1
        if stop < n and tokens.starts[stop] == tokens.ends[stop - 1] and not _is_glued_end(tokens, first, k, stop):
            continue  # العربية.نت، 4.5
        if tokens.key(k) == "." and _is_abbreviated(tokens, first, k):
            continue
        yield first, stop
        first = stop
    if first < n:
        yield first, n


_ADDRESS_ENDS = frozenset("نت كوم اورغ نيوز تي في".split())


def _is_glued_end(tokens: Tokens, first: int, k: int, stop: int) -> bool:
    """Tell «… ضد الإرهاب.وقال» from العربية.نت and في.آي.اكس: whole words on both sides, and a sentence before."""
    before, after = tokens.key(k - 1), tokens.key(stop)
    if tokens.key(k) not in ".؟!" or k - first < 5 or not after.isalpha() or after.isascii():
        return False
    whole = len(before) > 2 or before in _CLOSERS or tokens.starts[k] > tokens.ends[k - 1]
    return whole and len(after) > 1 and after not in _ADDRESS_ENDS and tokens.key(k - 2) != "."


def _closes(text: str, tokens: Tokens, k: int) -> bool:
    """Tell whether mark `k` closes what ended: it stands at the mark before it, and white space or nothing follows."""
    if tokens.key(k) not in _CLOSERS:
        return False
    glued = tokens.starts[k] == tokens.ends[k - 1]
    end = tokens.ends[k]
    return glued and (end >= len(text) or not text[end].isalnum())


def _is_abbreviated(tokens: Tokens, first: int, k: int) -> bool:
    """Tell «د. سعاد», «أ. ف. ب» and the «1.» of a list from the end of a sentence."""
    before = tokens.key(k - 1)
    if k == first:
        return True
    if tokens.key(k + 1) == "." or before == ".":
        return False
    glued = tokens.starts[k] == tokens.ends[k - 1]
    return glued and ((len(before) == 1 and before.isalpha()) or (before.isdigit() and k - 1 == first))


# --- quotations ----------------------------------------------------------------------------------------

_GUILLEMETS = {"«": "»", "‹": "›", "„": "”"}
_DOUBLE = '"“”„‟\N{DOUBLE PRIME}\N{FULLWIDTH QUOTATION MARK}'
_SINGLE = "'‘’‚"
_MARKS = re.compile(f"[«»‹›{_DOUBLE}{_SINGLE}]")
_OPENERS = "([{:-–—،,.#/\N{ARABIC TATWEEL}\N{RIGHT-TO-LEFT MARK}\N{LEFT-TO-RIGHT MARK}\N{ZERO WIDTH SPACE}"
# Prefixes that are written before a mark without white space: و"الدولة"، لـ«الحياة».
_PREFIX = re.compile(r"(?:^|[\s(])(?:[وف]?[بلك]?ـ?|وال|ال)$")
_NAME_WORDS = 3
_TITLE_WORDS = 5


def find_quotations(text: str, blocks: Sequence[Block]) -> list[Quotation]:
    """Return the quotations of all blocks but furniture, by their start.

    >>> text = "قال إن جماعة ”الفجر” وصفت الأمر بـ”المؤسف جداً لنا جميعاً“ و\\"كفى"
    >>> [(q.inner.of(text), q.kind, q.closed) for q in find_quotations(text, find_blocks(text))]
    [('الفجر', 'name', True), ('المؤسف جداً لنا جميعاً', 'speech', True), ('كفى', 'name', False)]
    """
    found: list[Quotation] = []
    body = [block for block in blocks if block.kind != "furniture"]
    carried: Quotation | None = None
    for block in body:
        here = _in_block(text, block)
        if carried is not None:
            carried, here = _go_on(text, block, carried, here)
        if carried is not None and carried.closed:
            found.append(carried)
            carried = None
        last = here[-1] if here else None
        if last and not last.closed and not last.nested and _opens_speech(text, last.span.start):
            found += here[:-1]
            if carried is not None:
                found.append(carried)
            carried = last
        else:
            found += here
    if carried is not None:
        found.append(carried)
    return sorted(found, key=lambda q: (q.span.start, -q.span.end))


_MOST_PARAGRAPHS = 6
_DEEPEST = 8  # quotations inside one another


def _opens_speech(text: str, at: int) -> bool:
    return text[max(0, at - 2) : at].rstrip().endswith(":")


def _go_on(
    text: str, block: Block, carried: Quotation, here: list[Quotation]
) -> tuple[Quotation | None, list[Quotation]]:
    """Carry speech that no mark closed into the next paragraph: to the mark that closes it there, or over it.

    A paragraph may open the speech anew with a mark at its beginning. Where the next mark opens something else, or
    after a few paragraphs, the speech ends with its own paragraph, as any stray mark.
    """
    stop = replace(carried, span=Span(carried.span.start, carried.span.end))
    if block.kind != "paragraph" or block.paragraph - carried.paragraph > _MOST_PARAGRAPHS:
        return None, [stop, *here]
    first = _MARKS.search(text, block.span.start, block.span.end)
    if first is None:
        return carried, here
    at = first.start()
    closing = _matching(text, [carried.span.start], first.group()) is not None
    opened_here = any(q.span.start == at for q in here)
    if closing and not opened_here and (_can_close(text, at, block.span.end) or not _can_open(text, at, block.span)):
        whole = Quotation(
            Span(carried.span.start, at + 1), Span(carried.inner.start, at), "speech", True, carried.paragraph, False
        )
        return whole, here
    if opened_here and at == block.span.start:
        again = here[0]
        if again.closed:
            whole = replace(
                carried,
                span=Span(carried.span.start, again.span.end),
                inner=Span(carried.inner.start, again.inner.end),
                closed=True,
            )
            return whole, here[1:]
        return carried, here[1:]
    return None, [stop, *here]


def quotations_by_sentence(sentences: Sequence[Sentence], quotations: Sequence[Quotation]) -> Iterator[list[Quotation]]:
    """Yield for each sentence the quotations that overlap it; both stand in the order of the text.

    >>> text = "قال: «وصلنا. ثم عدنا.» وسكت."
    >>> blocks = find_blocks(text)
    >>> [len(q) for q in quotations_by_sentence(split_sentences(text, blocks), find_quotations(text, blocks))]
    [1, 1, 0]
    """
    near: list[Quotation] = []
    following = 0
    for sentence in sentences:
        near = [q for q in near if q.span.end > sentence.span.start]
        while following < len(quotations) and quotations[following].span.start < sentence.span.end:
            near.append(quotations[following])
            following += 1
        yield [q for q in near if q.span.overlaps(sentence.span)]


def _in_block(text: str, block: Block) -> list[Quotation]:
    open_marks: list[int] = []
    found: list[Quotation] = []
    end = block.span.end
    for match in _MARKS.finditer(text, block.span.start, end):
        at, mark = match.start(), match.group()
        if mark in _SINGLE and _is_apostrophe(text, at):
            continue
        opens, closes = _can_open(text, at, block.span), _can_close(text, at, end)
        top = _matching(text, open_marks, mark)
        if top is not None and mark not in "«‹„" and (closes or not opens):
            for stray in open_marks[top + 1 :]:
                found.append(_quotation(text, block, stray, at, False, True))
            found.append(_quotation(text, block, open_marks[top], at + 1, True, top > 0))
            del open_marks[top:]
        elif mark in "»›" or not opens:
            continue  # a closing mark that nothing opened
        else:
            if top is not None and mark not in "«‹„" and open_marks[-1] == open_marks[top]:
                found.append(_quotation(text, block, open_marks.pop(), at, False, False))
            open_marks.append(at)
            if len(open_marks) > _DEEPEST:  # marks without end: the outermost closes nothing
                found.append(_quotation(text, block, open_marks.pop(0), at, False, False))
    for n, stray in enumerate(open_marks):
        found.append(_quotation(text, block, stray, end, False, n > 0))
    return found


def _is_apostrophe(text: str, at: int) -> bool:
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    return before.isalnum() and after.isalnum() and (before + after).isascii()


def _can_open(text: str, at: int, block: Span) -> bool:
    before = text[at - 1] if at > block.start else " "
    after = text[at + 1] if at + 1 < block.end else " "
    if text[at] in "«‹„":
        return True
    if text[at] == "»" or text[at] == "›":
        return False
    free = (
        before.isspace()
        or before in _OPENERS
        or before in "«‹“\"”'"
        or bool(_PREFIX.search(text[max(block.start, at - 4) : at]))
    )
    return free and (not after.isspace() or before.isspace() or before == ":")


def _can_close(text: str, at: int, end: int) -> bool:
    before = text[at - 1 : at]
    after = text[at + 1] if at + 1 < end else " "
    if before.isspace():
        return after.isspace() or after in ".،,؛:؟!)…"
    return not after.isalnum() or before in ".!?؟…" or not _PREFIX.search(text[max(0, at - 4) : at])


def _matching(text: str, open_marks: Sequence[int], mark: str) -> int | None:
    """Return the place in the stack of the opening mark that this mark can close."""
    for n in range(len(open_marks) - 1, -1, -1):
        opened = text[open_marks[n]]
        same = (opened in _DOUBLE and mark in _DOUBLE) or (opened in _SINGLE and mark in _SINGLE)
        if same or _GUILLEMETS.get(opened) == mark:
            return n
    return None


def _quotation(text: str, block: Block, start: int, end: int, closed: bool, nested: bool) -> Quotation:
    inner = Span(start + 1, end - 1 if closed else end)
    while inner.end > inner.start and text[inner.end - 1].isspace():
        inner = replace(inner, end=inner.end - 1)
    while inner.start < inner.end and text[inner.start].isspace():
        inner = replace(inner, start=inner.start + 1)
    kind = "name" if _is_name(text, start, inner) else "speech"
    return Quotation(Span(start, end), inner, kind, closed, block.paragraph, nested)


_THAT = frozenset("ان بان انه انها بانه بانها انهم بانهم".split())


def _is_name(text: str, start: int, inner: Span) -> bool:
    """Tell whether marks set off a name: few words, no clause, no colon before them."""
    if len(inner) > 120:
        return False
    tokens = tokenize(text, inner.start, inner.end)
    words = sum(not w.is_mark for w in tokens.words)
    if text[max(0, start - 2) : start].rstrip().endswith(":"):
        return words < 2
    before = fold(text[max(0, start - 8) : start]).split()
    if before and before[-1] in _THAT:
        return words <= _NAME_WORDS - 1  # قالت إن "الأولوية الآن لإيصال الماء"
    if words <= _NAME_WORDS:
        return True
    if words > _TITLE_WORDS or any(w.is_mark for w in tokens.words):
        return False
    return not any((f := load("particles").find(tokens, k)) and not f.proclitics for k in range(len(tokens)))
