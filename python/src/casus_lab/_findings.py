"""The findings of casus as classes.

Made by "go test ./finding -update" from the types that docs/findings.schema.json is
made of. What is not defined is None; a list is never None.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from ._base import Caution, Correlation, Estimate, File, Finding, Option, Part, View


@dataclass(frozen=True, repr=False, kw_only=True)
class AddedSet(Part):
    """AddedSet is a data set that was added, and the folder in which it stands."""
    format: int
    """of this manifest"""
    name: str
    """atop"""
    title: str
    version: str
    """of the data, as their makers count"""
    citation: str
    coverage: str
    """the last"""
    input: Input
    file: str
    """the text, beside the manifest"""
    sha256: str
    counts: Counts
    one_way: int
    place: str
    from_: str | None = field(default=None, metadata={"json": "from"})
    """the first day of which the data speak, where it matters"""
    kind: str | None = None
    """empty: law; borders"""
    licence: str | None = None


@dataclass(frozen=True, repr=False, kw_only=True)
class AddedSets(Finding):
    """AddedSets lists the data sets that were added to a folder, by name."""
    datasets: list[AddedSet] = field(default_factory=list)


@dataclass(frozen=True, repr=False, kw_only=True)
class Askable(Finding):
    """Askable lists the questions that can be put by name, with their settings."""
    asks: list[Described] = field(default_factory=list)


@dataclass(frozen=True, repr=False, kw_only=True)
class Checked(Finding):
    """Checked counts what was read and run, each once."""
    files_read: int
    instruments: int
    articles: int
    examples: int
    examples_of_your_files: int
    courses: int
    restated: list[AskRestated] = field(default_factory=list)
    """assumptions that a file states anew"""
    expectations_not_met: int
    not_met: list[NotMet] = field(default_factory=list)
    mistakes: list[Wrong] = field(default_factory=list)
    """and warnings; where there is one that is no warning nothing is run"""


@dataclass(frozen=True, repr=False, kw_only=True)
class Described(Part):
    """Described is a question by name."""
    ask: str
    settings: list[AskSetting] = field(default_factory=list)


@dataclass(frozen=True, repr=False, kw_only=True)
class NotMet(Part):
    """NotMet is an example, or an entry of a course, that did not come out."""
    file: str
    line: int
    message: str


@dataclass(frozen=True, repr=False, kw_only=True)
class AskRestated(Part):
    """Restated is an assumption for which a file puts numbers of its own."""
    assumption: str
    file: str
    line: int
    says: str


@dataclass(frozen=True, repr=False, kw_only=True)
class AskSetting(Part):
    """Setting is one setting of a question. What it means, --help of the verb says."""
    name: str
    takes: str
    """in words"""
    default: str
    """as JSON"""


@dataclass(frozen=True, repr=False, kw_only=True)
class Wrong(Part):
    """Wrong is a mistake in a file, or a warning of one, and where it stands; line and column count from 1, and are 0 where it stands nowhere."""
    file: str
    line: int
    column: int
    heading: str
    """in which article or case"""
    text: str
    hint: str
    warning: bool
    """it can be run all the same"""


@dataclass(frozen=True, repr=False, kw_only=True)
class ClaimDecider(Part):
    """Decider is the assumption that explains most of a reading over the worlds of a view: the share of the variance of whether it holds (1 or 0) that lies between worlds with different values of the assumption. A reading that holds in all worlds or in none is decided by nothing there; of a single comparison it is then the variance of the margin, by rank."""
    assumption: str
    title: str
    index: float | None = None
    lo: float | None = None
    hi: float | None = None
    of: str
    """whether it holds, or the margin"""
    holds_at: str
    """high or low values, on the whole; empty: neither"""
    settled: bool
    """it holds in all worlds or in none"""
    next: str
    """the second, where the intervals of the two overlap; empty otherwise"""
    rests_on_judgement_alone: bool


@dataclass(frozen=True, repr=False, kw_only=True)
class Entry(Part):
    """Entry is one claim."""
    id: str
    says: str
    by: str
    label: str
    """why it is a characterisation; such a claim has no readings"""
    unscored: str
    """what of it is no quantity of the model, and why"""
    readings: list[ClaimReading] = field(default_factory=list)
    judgement: str
    """why the numbers in its readings are what they are"""
    finding: str
    for_: list[str] = field(default_factory=list, metadata={"json": "for"})
    against: list[str] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    status: str
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True, repr=False, kw_only=True)
class ClaimFlip(Part):
    """Flip is the smallest change of one assumption, from its median and in quantiles of its distribution, at which a reading turns round in the central world of a view (every other assumption at its median)."""
    holds_in_the_central_world: bool
    undefined: bool
    """the margin is not defined, or is 0, in the central world"""
    found: bool
    """false: no single assumption turns it round between its 0.1 % and 99.9 %"""
    assumption: str
    unit: str
    median: float | None = None
    turns_at: float | None = None
    quantile: float | None = None
    """of the place where it turns"""
    kind: str
    """root, jump or gap"""
    others: int
    """how many other assumptions turn it round, too"""
    steps: int
    """of the search; two changes within one cancel and are not seen"""


@dataclass(frozen=True, repr=False, kw_only=True)
class Ledger(Finding):
    """Ledger is every claim about a case and how it fares."""
    claims: list[Entry] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)
    flips_looked_for: bool


@dataclass(frozen=True, repr=False, kw_only=True)
class Margin(Part):
    """Margin is by how much a comparison holds: positive in its favour."""
    unit: str
    median: float | None = None
    p05: float | None = None
    p95: float | None = None


@dataclass(frozen=True, repr=False, kw_only=True)
class ClaimReading(Part):
    """Reading is one way to read a claim."""
    kind: str
    says: str
    """empty when it is the only one"""
    expression: str
    condition: str
    """what its measures are given, or that they count in any case; empty: neither is a question"""
    views: list[ClaimShare] = field(default_factory=list)
    """over worlds; empty otherwise"""
    verdict: str
    """of the others: holds, does not hold, depends, contested, not known; empty over worlds"""
    shown: list[str] = field(default_factory=list)
    """how the verdict comes about"""
    rests_on: list[str] = field(default_factory=list)
    warnings: list[Caution] = field(default_factory=list)


@dataclass(frozen=True, repr=False, kw_only=True)
class ClaimShare(Part):
    """Share says in how many worlds of a view a reading holds."""
    view: str
    holds: int
    worlds: int
    """in which it is defined"""
    undefined: int
    """it compares what never happens there"""
    share: float | None = None
    """of the worlds in which it is defined, each by how likely what its measures are given is there"""
    lo: float | None = None
    """Wilson 1927, 95 %"""
    hi: float | None = None
    margin: Margin | None = None
    """of a single comparison"""
    slight: int
    """worlds in which the two sides of a single comparison differ by less than what matters, or hardly at all"""
    within_what_matters: float | None = None
    """their share, weighed as Share is; null of a compound reading"""
    effective_worlds: float | None = None
    """that Share rests on, where measures are given something and weigh the worlds; 0: each counts alike"""
    decider: ClaimDecider | None = None
    """nil: no single assumption is shown to matter"""
    no_decider: str
    flip: ClaimFlip | None = None
    """nil: not looked for"""


@dataclass(frozen=True, repr=False, kw_only=True)
class AnswerDiff(Part):
    """AnswerDiff lists what debtors answer to one event under one law and not under the other."""
    event: str
    debtors: list[str] = field(default_factory=list)
    a: list[str] = field(default_factory=list)
    b: list[str] = field(default_factory=list)


@dataclass(frozen=True, repr=False, kw_only=True)
class Chains(Finding):
    """Chains says by which chains an event can bring about an end, what cuts them all, and how likely they are. Duty and compliance are separate links: an article that binds is one, the choice to honour it is another."""
    from_: str = field(metadata={"json": "from"})
    to: str
    notes: list[str] = field(default_factory=list)
    may_be_drawn_in: list[str] = field(default_factory=list)
    """every state that a chain reaches on the way to the end, as far as any was followed"""
    found: int
    complete: bool
    """there are no others"""
    up_to: int
    """of not complete: every chain of so many links is among them"""
    chains: list[EntryChain] = field(default_factory=list)
    cuts: list[EntryCut] = field(default_factory=list)
    cut_note: str
    """why there is no cut, or which are not listed"""
    links: list[LinkWeight] = field(default_factory=list)
    odds: Odds | None = None
    """null when no chances were given"""
    worlds: list[WorldOdds] = field(default_factory=list)
    without: list[TakenLink] = field(default_factory=list)
    """links that were taken away: all else here is without them"""
    before: Uncut | None = None
    """with nothing taken away; null where nothing was"""


@dataclass(frozen=True, repr=False, kw_only=True)
class ChainsDiff(Part):
    """ChainsDiff is a chain that leads to the end under only one of the two."""
    only: str
    """the name of that one"""
    links: list[str] = field(default_factory=list)


@dataclass(frozen=True, repr=False, kw_only=True)
class Citation(Finding):
    """Citation is all that the model says of some addresses, with the sources it rests on. No list in its JSON form is null; what is not known is empty."""
    cited: list[Cited] = field(default_factory=list)
    sources: list[CitedSource] = field(default_factory=list)
    """each source named above, once, in the order of first naming"""


@dataclass(frozen=True, repr=False, kw_only=True)
class Cited(Part):
    """Cited is one address: an instrument with its articles, an article with its instrument, a class of duty, a source, or what else has a name."""
    address: str
    what: str
    """instrument, article, class, source, or what else has a name: event, fact, place, group, state, option, view, case, record of CASE, assumption, claim, crisis, and of a crisis role, setting, move, chance, tally, measure"""
    asked: str
    """the address as asked, where another wording of it was current on the day"""
    title: str
    footnote: str
    """to paste; empty where nothing can be cited"""
    articles: list[CitedArticle] = field(default_factory=list)
    lines: list[CitedLine] = field(default_factory=list)
    """of what is none of the first four: what the model says of it, and on what it rests"""
    sources: list[str] = field(default_factory=list)
    """of the same"""
    used_by: list[str] = field(default_factory=list)
    """of a class, a source or a fact: what names it"""
    defined: str
    """file:line:column"""
    class_: CitedClass | None = field(default=None, metadata={"json": "class"})
    history: list[PlaceSpell] = field(default_factory=list)
    """of a place: whose it was, in order of time"""
    instrument: CitedInstrument | None = None


@dataclass(frozen=True, repr=False, kw_only=True)
class CitedArticle(Part):
    """CitedArticle is an article in full."""
    address: str
    title: str
    text: list[str] = field(default_factory=list)
    """the operative words, quoted"""
    text_unpublished: bool
    from_: str = field(metadata={"json": "from"})
    until: str
    other_wordings: list[str] = field(default_factory=list)
    """of the same article on other days"""
    active_when: str
    rules: list[CitedRule] = field(default_factory=list)
    exceptions: list[CitedException] = field(default_factory=list)
    """that bear on this article"""
    excepts: list[CitedException] = field(default_factory=list)
    """that it makes to others"""
    readings: list[CitedReading] = field(default_factory=list)
    provides: list[CitedProvision] = field(default_factory=list)
    qualified: list[CitedSoftening] = field(default_factory=list)
    precedence: list[CitedRank] = field(default_factory=list)
    status: str
    certainty: str
    sources: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    defined: str


@dataclass(frozen=True, repr=False, kw_only=True)
class CitedClass(Part):
    """CitedClass is a class of duty; Strongest is the strength of the strongest class there is, none being below 0."""
    name: str
    title: str
    strength: float
    strongest: float
    force: str
    """none, may, must"""


@dataclass(frozen=True, repr=False, kw_only=True)
class CitedException(Part):
    """CitedException is an exception or an extension."""
    article: str
    """where it stands"""
    number: str
    """which of its article it is"""
    target: str
    rule: int
    """the one rule of the target that is meant; 0: all"""
    for_: str = field(metadata={"json": "for"})
    """the debtors for whom it is made; empty: all"""
    extends: bool
    words: str
    gloss: str
    """what it says in words of law; empty where the words say it"""
    days: str
    """of its wording: until 1952-02-18"""
    defined: str


@dataclass(frozen=True, repr=False, kw_only=True)
class CitedInstrument(Part):
    """CitedInstrument is the head of an instrument."""
    id: str
    title: str
    kind: str
    political: bool
    """binding in politics only"""
    signed: str
    signed_at: str
    """the place"""
    series: str
    """where it is printed: 34 UNTS 243"""
    series_unseen: bool
    """the series is from memory"""
    in_force: str
    in_force_assumed: str
    """why the day is only assumed"""
    ended: str
    ended_why: str
    standing: str
    """on the day: in force, not in force; empty without a day"""
    active_when: str
    text_unpublished: bool
    exit: str
    parties: list[CitedParty] = field(default_factory=list)
    suspensions: list[str] = field(default_factory=list)
    status: str
    certainty: str
    sources: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    defined: str


@dataclass(frozen=True, repr=False, kw_only=True)
class CitedLine(Part):
    """CitedLine is one thing that a model says of a name, after its label."""
    label: str
    words: list[str] = field(default_factory=list)


@dataclass(frozen=True, repr=False, kw_only=True)
class CitedParty(Part):
    """CitedParty is a party and its days."""
    state: str
    name: str
    signed: str
    """where the day is its own"""
    from_: str = field(metadata={"json": "from"})
    until: str
    """the first day on which it was none"""
    status: str
    sources: list[str] = field(default_factory=list)
    note: str
    doubt: str
    """contested, not known, or empty: with what is asked and who says what"""


@dataclass(frozen=True, repr=False, kw_only=True)
class CitedProvision(Part):
    """CitedProvision is content that is no duty in an event."""
    class_: str = field(metadata={"json": "class"})
    class_title: str
    about: str
    title: str


@dataclass(frozen=True, repr=False, kw_only=True)
class CitedRank(Part):
    """CitedRank is one statement of precedence that bears on an article."""
    article: str
    """by which article"""
    says: str
    """prevails over, yields to, consistent with"""
    other: str
    title: str


@dataclass(frozen=True, repr=False, kw_only=True)
class CitedReading(Part):
    """CitedReading is a way to read the article and who holds it."""
    name: str
    title: str
    by: str
    excepts: list[str] = field(default_factory=list)


@dataclass(frozen=True, repr=False, kw_only=True)
class CitedRule(Part):
    """CitedRule is one rule in words."""
    when: str
    then: list[CitedThen] = field(default_factory=list)


@dataclass(frozen=True, repr=False, kw_only=True)
class CitedSoftening(Part):
    """CitedSoftening names debtors whose duty is softer, how, and when."""
    states: list[str] = field(default_factory=list)
    title: str
    days: str


@dataclass(frozen=True, repr=False, kw_only=True)
class CitedSource(Part):
    """CitedSource is a source resolved. Via is the source through which it was read, whose address then stands here."""
    id: str
    title: str
    grade: str
    status: str
    via: str
    address: str


@dataclass(frozen=True, repr=False, kw_only=True)
class CitedThen(Part):
    """CitedThen says what follows from a rule, in words, and which way it runs."""
    words: str
    direction: str
    """mutual, one way, answered in the same article; empty: no duty"""


@dataclass(frozen=True, repr=False, kw_only=True)
class ClauseDiff(Part):
    """ClauseDiff is one thing that is said by one of the two, or by both in other words: a line of the head, a provision, an act of an option."""
    what: str
    a: str
    """empty: not said"""
    b: str


@dataclass(frozen=True, repr=False, kw_only=True)
class Conflict(Part):
    """Conflict is one pair of engagements of one state."""
    state: str
    clash: str
    """both sides, restraint"""
    first: Engagement
    second: Engagement
    certain: bool
    """both are owed; else one is contested or open"""
    prevails: str
    """the article that comes first; empty: no text says"""
    by: str
    """the article that says so"""
    consistent: list[str] = field(default_factory=list)
    """articles that ask to be consistent with the other, which ranks neither"""
    bars: list[str] = field(default_factory=list)
    """articles that promise no conflicting engagement"""


@dataclass(frozen=True, repr=False, kw_only=True)
class Conflicts(Finding):
    """Conflicts lists the engagements of states of which one cannot be kept, once both fall due."""
    state: str
    """empty: every state"""
    state_name: str
    between: list[str] = field(default_factory=list)
    """the two who fight; empty: any two"""
    object: str
    place: str
    """empty: each at home"""
    notes: list[str] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    sides: list[Side] = field(default_factory=list)
    """with between: all that the state owes either of the two, or why not"""


@dataclass(frozen=True, repr=False, kw_only=True)
class Counterfactual(Part):
    """Counterfactual lists what would bind or free some debtors."""
    debtors: list[str] = field(default_factory=list)
    verb: str
    class_: str = field(metadata={"json": "class"})
    class_title: str
    status: str
    bind: LegalWays | None = None
    """absent where it binds already"""
    free: LegalWays | None = None
    """absent where it is free already"""


@dataclass(frozen=True, repr=False, kw_only=True)
class Course(Finding):
    """Course is the course of a case as law finds it, beside what the record says. Its JSON form is versioned and complete, and no list in it is null."""
    question: str
    course: str
    entries: list[CourseEntry] = field(default_factory=list)
    count: CourseCount
    alone: CourseClosure
    """what duties alone lead to from the first deed"""
    steps: list[CourseStep] = field(default_factory=list)
    """the deeds, each with what it made due"""
    sources: list[Source] = field(default_factory=list)


@dataclass(frozen=True, repr=False, kw_only=True)
class CourseClosure(Part):
    """CourseClosure is where duties alone lead."""
    bound: list[CourseEntrance] = field(default_factory=list)
    """military help is owed"""
    may: list[CourseEntrance] = field(default_factory=list)
    """help is owed that may be short of force"""
    open: list[CourseEntrance] = field(default_factory=list)
    """disputed, or not known"""


@dataclass(frozen=True, repr=False, kw_only=True)
class CourseCount(Part):
    """CourseCount counts the entries by how they stand to the record."""
    entries: int
    same: int
    differs: int
    mismatch: int
    silent: int


@dataclass(frozen=True, repr=False, kw_only=True)
class CourseEntrance(Part):
    """CourseEntrance is a war that a duty asks of a state."""
    state: str
    against: str
    for_: str = field(metadata={"json": "for"})
    article: str
    class_: str = field(metadata={"json": "class"})
    status: str
    why: str
    due: str
    """since when; empty where it is not owed"""
    trigger: str


@dataclass(frozen=True, repr=False, kw_only=True)
class CourseEntry(Part):
    """CourseEntry is one entry, judged."""
    date: str
    kind: str
    """deed, abstention, departure"""
    title: str
    event: str
    """of a deed: declaration of war"""
    by: str
    on: str
    """empty where it is against nobody"""
    war: bool
    claimed: list[str] = field(default_factory=list)
    toward: list[str] = field(default_factory=list)
    waived: bool
    finding: str
    also: list[str] = field(default_factory=list)
    articles: list[str] = field(default_factory=list)
    """that decide"""
    reason: str
    trigger: str
    """the title of the deed that made it due"""
    due: str
    """since when; empty where nothing was due"""
    days: int
    """from due to the entry"""
    open: list[str] = field(default_factory=list)
    record: str
    """what the record says; empty where it says nothing"""
    words: str
    """in its own words"""
    agreement: str
    """same, differs, mismatch, silent"""
    because: str
    """why they differ, where the case says so"""
    sources: list[str] = field(default_factory=list)
    status: str
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True, repr=False, kw_only=True)
class CourseStep(Part):
    """CourseStep is a deed and what it made due."""
    date: str
    title: str
    by: str
    on: str
    war: bool
    finding: str
    bound: bool
    """a duty of military help demanded it"""
    forced: bool
    """the other had been bound to open this war"""
    before: list[CourseEntrance] = field(default_factory=list)
    made: list[CourseEntrance] = field(default_factory=list)


@dataclass(frozen=True, repr=False, kw_only=True)
class Diff(Finding):
    """Diff compares two drafts or two options, clause by clause: which duties, answers and chains appear, vanish or change."""
    a: str
    b: str
    a_title: str
    b_title: str
    notes: list[str] = field(default_factory=list)
    clauses: list[ClauseDiff] = field(default_factory=list)
    duties: list[DutyDiff] = field(default_factory=list)
    events: list[str] = field(default_factory=list)
    """the events whose answers were compared"""
    answers: list[AnswerDiff] = field(default_factory=list)
    chains_to: str
    """empty: no chains were asked for"""
    chains: list[ChainsDiff] = field(default_factory=list)
    counts: DiffCount


@dataclass(frozen=True, repr=False, kw_only=True)
class DiffCount(Part):
    """DiffCount counts the pairs of debtor and creditor whose duties appear, vanish or change from A to B, and the chains."""
    appear: int
    vanish: int
    change: int
    chains_appear: int
    chains_vanish: int
    chains_both: int


@dataclass(frozen=True, repr=False, kw_only=True)
class DutyDiff(Part):
    """DutyDiff lists what debtors owe creditors under one law and not under the other, before anything happens."""
    debtors: list[str] = field(default_factory=list)
    creditors: list[str] = field(default_factory=list)
    a: list[str] = field(default_factory=list)
    """empty: nothing"""
    b: list[str] = field(default_factory=list)


@dataclass(frozen=True, repr=False, kw_only=True)
class Engagement(Part):
    """Engagement is one side of a conflict."""
    article: str
    class_: str = field(metadata={"json": "class"})
    class_title: str
    creditor: str
    event: str
    status: str
    why: str
    sources: list[str] = field(default_factory=list)


@dataclass(frozen=True, repr=False, kw_only=True)
class EntryChain(Part):
    """EntryChain is one smallest set of links that leads to the end, told in the order in which they come about."""
    links: list[EntryLink] = field(default_factory=list)
    story: list[StoryStep] = field(default_factory=list)
    classes: dict[str, int] = field(default_factory=dict)
    """how many choices of each class it asks for"""


@dataclass(frozen=True, repr=False, kw_only=True)
class EntryCut(Part):
    """EntryCut is a smallest set of links without which no chain is left."""
    links: list[str] = field(default_factory=list)


@dataclass(frozen=True, repr=False, kw_only=True)
class EntryLink(Part):
    """EntryLink is one element of a chain."""
    kind: str
    """event, article, declaration, deployment, choice, fact"""
    name: str
    class_: str = field(metadata={"json": "class"})
    """of a choice: bound, likely, discretionary, strike, own choice"""
    state: str
    sources: list[str] = field(default_factory=list)
    status: str
    """of an article: verified, memory, …"""


@dataclass(frozen=True, repr=False, kw_only=True)
class LegalAnswer(Part):
    """LegalAnswer holds what one article says between one debtor and one creditor."""
    article: str
    """address: NAT.5"""
    title: str
    instrument: str
    instrument_title: str
    debtor: str
    creditor: str
    against: str
    """of several attackers the one meant, where the answer is not the same; of help owed to an attacker, the victim"""
    verb: str
    """owes, may, reserves, breaches"""
    class_: str = field(metadata={"json": "class"})
    """ASSIST_AS_DEEMED; empty for a breach"""
    class_title: str
    status: str
    """owed, not owed, dormant, depends, contested, right, breached"""
    because: list[str] = field(default_factory=list)
    """addresses of the articles that decide"""
    why: str
    """the deciding condition in words; empty where the rule simply holds"""
    rule: str
    """the article's own condition, as the model writes it"""
    manner: list[str] = field(default_factory=list)
    """who decides, on whose request"""
    direction: str
    caveats: list[str] = field(default_factory=list)
    deciders: list[LawDecider] = field(default_factory=list)
    """of depends: the smallest sets of facts that settle it"""
    readings: list[LegalReading] = field(default_factory=list)
    """who says what, where the answer turns on a reading"""
    practice: list[LegalCase] = field(default_factory=list)
    """precedents of what is in doubt"""
    sources: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    """remarks on the article: practice, and what its text says beside"""
    remarks: list[str] = field(default_factory=list)
    """on the instrument"""
    party_notes: list[str] = field(default_factory=list)
    """on debtor and creditor as parties: a reservation, a freeze, a late entry"""
    in_force: bool
    """the instrument, on the day"""
    closeness: int
    """the article names the victim (0), parties of which it is one (1), anybody (2)"""
    relevant: bool
    """the article speaks of this victim"""
    trace: LawNode | None = None
    """with full whole, else only the steps that decide"""


@dataclass(frozen=True, repr=False, kw_only=True)
class LegalCase(Part):
    """LegalCase is a precedent: for that very event the question was answered."""
    question: str
    date: str
    title: str
    by: str
    says: str
    """yes or no"""
    decides: bool
    """it is of the event asked about"""
    sources: list[str] = field(default_factory=list)
    status: str


@dataclass(frozen=True, repr=False, kw_only=True)
class LegalChange(Part):
    """LegalChange is one change in words; Witness is a place, state or day that has what the words ask for."""
    respect: str
    words: str
    witness: str | None = None


@dataclass(frozen=True, repr=False, kw_only=True)
class LegalFact(Part):
    """LegalFact is a fact of law in words: name as the model writes it."""
    name: str
    title: str


@dataclass(frozen=True, repr=False, kw_only=True)
class LegalQuery(Part):
    """LegalQuery is the event asked about. An empty string is "not known"."""
    kind: str
    by: str
    """id of a state"""
    also_by: list[str] = field(default_factory=list)
    """further attackers of one deed"""
    no_state: str
    """the attacker, where it is no state"""
    by_name: str
    on: str
    also_on: list[str] = field(default_factory=list)
    """further victims"""
    on_name: str
    also_by_names: list[str] = field(default_factory=list)
    """those of also_by, in their order"""
    also_on_names: list[str] = field(default_factory=list)
    object: str
    place: str
    place_name: str
    full: bool
    """whether articles that do not speak of the victim are in"""


@dataclass(frozen=True, repr=False, kw_only=True)
class LegalRead(Part):
    """LegalRead is how much was read: instruments in force, and their articles."""
    instruments: int
    articles: int


@dataclass(frozen=True, repr=False, kw_only=True)
class LegalReading(Part):
    """LegalReading is one way to read what is in doubt, who reads it so, and what would follow. Question is empty where it is a reading of the article itself."""
    question: str
    """the name by which --reading chooses it"""
    asks: str
    """the question in words"""
    name: str
    title: str
    by: str
    """empty: the holder is not named"""
    then: str
    """"owed"; "owed or depends" where another reading decides"""
    fact: str
    """the condition that decides under this reading; empty: none"""
    sources: list[str] = field(default_factory=list)
    status: str


@dataclass(frozen=True, repr=False, kw_only=True)
class LegalWay(Part):
    """LegalWay is one smallest set of changes and the answer it leads to."""
    changes: list[LegalChange] = field(default_factory=list)
    then: str


@dataclass(frozen=True, repr=False, kw_only=True)
class LegalWays(Part):
    """LegalWays are the smallest sets of changes: of facts and, apart from them, of clauses. Size is the most changes that were tried together."""
    size: int
    facts: list[LegalWay] = field(default_factory=list)
    clauses: list[LegalWay] = field(default_factory=list)


@dataclass(frozen=True, repr=False, kw_only=True)
class LinkWeight(Part):
    """LinkWeight says how much hangs on a link: how many chains go through it, its structural importance, which takes every link at even odds, and, where chances were given, its importance under them (Birnbaum 1969; Fussell 1975)."""
    name: str
    kind: str
    class_: str = field(metadata={"json": "class"})
    chains: int
    """of those found"""
    structural: float | None = None
    """null when there are too many chains"""
    p: float | None = None
    birnbaum: float | None = None
    fussell_vesely: str


@dataclass(frozen=True, repr=False, kw_only=True)
class MatrixForm(Finding):
    """MatrixForm is the form of a matrix as JSON."""
    yearly: bool
    """a row of a year stands on some day of it"""
    notes: list[str] = field(default_factory=list)
    """what every row rests on"""
    rows: list[MatrixRow] = field(default_factory=list)


@dataclass(frozen=True, repr=False, kw_only=True)
class MatrixRow(Part):
    """MatrixRow is one row: ids of states, with the Correlates of War numbers that they have on the first day of the row; past what that list covers, those of its nearest day. What is not known is empty."""
    year: int
    date: str
    """empty in a row of a year"""
    debtor: str
    debtor_cow: str
    creditor: str
    creditor_cow: str
    against: str
    """ids, any, or unnamed"""
    event: str
    verb: str
    class_: str = field(metadata={"json": "class"})
    binding: str
    conditions: str
    """with "; " between"""
    articles: str
    """with a blank between"""


@dataclass(frozen=True, repr=False, kw_only=True)
class Odds(Part):
    """Odds is the probability of the end, given the chances of choices. Low and High differ where facts or readings that nobody gave a chance are open."""
    low: float
    high: float
    whole: bool
    """of the whole cascade; else of the chains found, a lower bound"""
    open: int
    """facts and readings left open"""


@dataclass(frozen=True, repr=False, kw_only=True)
class Owed(Finding):
    """Owed is every duty of a day before anything happens: all of them, or those that one state owes or is owed. Its JSON form is versioned, complete and in a fixed order; no list in it is null."""
    state: str
    """empty: every state"""
    state_name: str
    notes: list[str] = field(default_factory=list)
    duties: list[StandingDuty] = field(default_factory=list)


@dataclass(frozen=True, repr=False, kw_only=True)
class PlaceSpell(Part):
    """PlaceSpell says whose a place was on some days: a state's, apart or contested."""
    whose: str
    """in DEU; apart: a Free City; protected by the League of Nations; contested: Whose was Danzig?"""
    from_: str = field(metadata={"json": "from"})
    until: str
    """the first day on which it is so no more; empty: to this day"""
    by: str
    """the text that made it so"""
    sources: list[str] = field(default_factory=list)
    status: str


@dataclass(frozen=True, repr=False, kw_only=True)
class Resting(Finding):
    """Resting lists what rests on sources of one status: verified, partly verified, low grade or memory."""
    status: str
    rows: list[RestingRow] = field(default_factory=list)
    """in the order of the model"""
    counts: list[RestingRows] = field(default_factory=list)
    """of every status, the asked one included"""


@dataclass(frozen=True, repr=False, kw_only=True)
class RestingRow(Part):
    """RestingRow is one thing that says how sure it is."""
    what: str
    """instrument, series, end, exit, article, party, place, question, reading, precedent"""
    address: str
    title: str
    sources: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    """what the status and the notes say of it"""
    defined: str


@dataclass(frozen=True, repr=False, kw_only=True)
class RestingRows(Part):
    """RestingRows counts the things of a status."""
    status: str
    rows: int


@dataclass(frozen=True, repr=False, kw_only=True)
class Side(Part):
    """Side holds what the state owes one of two who fight, as the judge answers."""
    event: str
    answers: list[LegalAnswer] = field(default_factory=list)


@dataclass(frozen=True, repr=False, kw_only=True)
class StandingDuty(Part):
    """StandingDuty holds what one clause makes one state owe another."""
    article: str
    title: str
    instrument: str
    instrument_title: str
    event: str
    """the kind of event it waits for; empty: none"""
    debtor: str
    creditor: str
    """empty where nobody is named"""
    against: list[str] = field(default_factory=list)
    """the only attackers it speaks of; empty: any"""
    excludes: list[str] = field(default_factory=list)
    """further limits on who the attacker is"""
    verb: str
    class_: str = field(metadata={"json": "class"})
    class_title: str
    standing: str
    """bound, conditional, contested, dormant, text not public"""
    turns_on: list[str] = field(default_factory=list)
    """of conditional"""
    why: str
    """of contested and dormant"""
    limits: list[str] = field(default_factory=list)
    """the articles whose exceptions bear on it"""
    rule: str
    manner: list[str] = field(default_factory=list)
    direction: str
    """mutual, one way, or answered within the article"""
    caveats: list[str] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)


@dataclass(frozen=True, repr=False, kw_only=True)
class StoryStep(Part):
    """StoryStep is one step of a chain in words."""
    words: str
    then: str
    """the war it makes; may be empty"""
    class_: str = field(metadata={"json": "class"})
    article: str
    status: str
    """of the article: verified, memory, …"""


@dataclass(frozen=True, repr=False, kw_only=True)
class TakenLink(Part):
    """TakenLink is a link that was taken away."""
    name: str
    kind: str
    class_: str = field(metadata={"json": "class"})
    chains: int
    """of those found before, how many went through it"""


@dataclass(frozen=True, repr=False, kw_only=True)
class Uncut(Part):
    """Uncut tells of the chains as they were with nothing taken away."""
    found: int
    complete: bool
    up_to: int
    odds: Odds | None = None
    """null when no chances were given"""


@dataclass(frozen=True, repr=False, kw_only=True)
class Why(Finding):
    """Why holds what the law answers to one event: the question as understood, and one answer for each article, debtor and duty. Its JSON form is versioned, complete, and in a fixed order: two equal questions have equal bytes. No list in it is null."""
    query: LegalQuery
    notes: list[str] = field(default_factory=list)
    """what every answer here rests on"""
    facts: list[LegalFact] = field(default_factory=list)
    """the facts that were given or that an answer depends on"""
    sources: list[Source] = field(default_factory=list)
    """those that the answers cite"""
    answers: list[LegalAnswer] = field(default_factory=list)
    read: LegalRead
    """what was read to say so"""
    left_out: list[str] = field(default_factory=list)
    """instruments that had ended or were not there yet: the text shows them only with full"""
    presumed: list[LegalFact] = field(default_factory=list)
    """what would excuse the deed and nobody has claimed: help is promised as if it were not so"""


@dataclass(frozen=True, repr=False, kw_only=True)
class WhyNot(Finding):
    """WhyNot lists what would change one article's answer to an event. No list in its JSON form is null; two equal questions have equal bytes."""
    query: LegalQuery
    notes: list[str] = field(default_factory=list)
    article: str
    title: str
    answers: list[Counterfactual] = field(default_factory=list)
    """one for each class of duty and each set of debtors treated alike"""


@dataclass(frozen=True, repr=False, kw_only=True)
class WorldOdds(Part):
    """WorldOdds is the probability over worlds of one view, where chances are assumptions."""
    view: str
    title: str
    worlds: int
    mean: float
    median: float
    p05: float | None = None
    """null of one world, as p95"""
    p95: float | None = None


@dataclass(frozen=True, repr=False, kw_only=True)
class ArticleDuty(Part):
    """ArticleDuty is one article's part in what is owed."""
    article: str
    class_: str = field(metadata={"json": "class"})
    status: str
    why: str
    level: int


@dataclass(frozen=True, repr=False, kw_only=True)
class Chain(Part):
    """Chain is a way from the start to a condition, with its probability: that of every play that takes these links in this order, whatever else happens beside them."""
    p: float
    links: list[Link] = field(default_factory=list)


@dataclass(frozen=True, repr=False, kw_only=True)
class Link(Part):
    """Link is one step of a chain: one that opens a later step, or reaches the end."""
    step: str
    choice: str
    title: str
    """the choice in words"""
    actor: str
    """empty for a chance"""
    p: float
    """of this choice, where the chain takes it"""
    class_: str = field(metadata={"json": "class"})
    duty: str
    """the level of obligation the actor was under"""
    articles: list[ArticleDuty] = field(default_factory=list)
    event: str
    """the event the step brings about; may be empty"""


@dataclass(frozen=True, repr=False, kw_only=True)
class Prospect(Part):
    """Prospect is one thing that may happen at a stand. Then is the next step at which more than one thing can happen; empty where the play is over."""
    choice: str
    title: str
    p: float
    base: float | None = None
    adds_log_odds: float | None = None
    then: str


@dataclass(frozen=True, repr=False, kw_only=True)
class Reach(Part):
    """Reach is how often one actor's move, or a chance, is come to within the years shown, where more than one thing can happen, and what happens there."""
    step: str
    asked: float
    """times, expected"""
    choices: list[ReachChoice] = field(default_factory=list)
    actor: str | None = None
    """empty for a chance"""
    title: str | None = None


@dataclass(frozen=True, repr=False, kw_only=True)
class ReachChoice(Part):
    """ReachChoice is one thing that may happen at a step. P is its share of the times the step is come to; 0 where that never happens. Base is what part of them would fall to it if nothing that follows told the choices apart, and Adds what does, in log odds: logit(P) − logit(Base); both are null for a chance, and Adds where either is 0 or 1."""
    choice: str
    title: str
    p: float
    base: float | None = None
    adds_log_odds: float | None = None


@dataclass(frozen=True, repr=False, kw_only=True)
class Size(Part):
    """Size counts the parts of a graph."""
    states: int
    """visited, before equal ones merged"""
    decisions: int
    chances: int
    years: int
    """states a year can begin with, where the game goes on"""
    edges: int
    by_step: list[CrisisStepSize] = field(default_factory=list)


@dataclass(frozen=True, repr=False, kw_only=True)
class Stand(Part):
    """Stand is a place in a play at which more than one thing can happen."""
    year: int
    """of the game, from 1; 0 in a game that ends with its horizon, which tells no years apart"""
    step: str
    choices: list[Prospect] = field(default_factory=list)
    actor: str | None = None
    """empty for a chance"""
    title: str | None = None


@dataclass(frozen=True, repr=False, kw_only=True)
class CrisisStepSize(Part):
    """StepSize is the number of states at one step."""
    step: str
    states: int


@dataclass(frozen=True, repr=False, kw_only=True)
class Taken(Part):
    """Taken is a choice at a stand, or what chance brought there."""
    year: int
    step: str
    choice: str
    title: str
    p: float
    actor: str | None = None


@dataclass(frozen=True, repr=False, kw_only=True)
class Walk(Part):
    """Walk is one play, opened choice by choice: what was taken, how likely that is, and where it leads."""
    p: float
    """of all that was taken"""
    taken: list[Taken] = field(default_factory=list)
    at: Stand | None = None
    """null where the play is over, or the years shown are"""


@dataclass(frozen=True, repr=False, kw_only=True)
class CodeSystem(Part):
    """CodeSystem is a system of codes and the days of which it speaks."""
    system: str
    title: str
    from_: str = field(metadata={"json": "from"})
    until: str


@dataclass(frozen=True, repr=False, kw_only=True)
class CodedState(Part):
    """CodedState is one state with its codes, by system and first day."""
    state: str
    name: str
    """on the day, or the last"""
    codes: list[DatedCode] = field(default_factory=list)


@dataclass(frozen=True, repr=False, kw_only=True)
class Codes(Finding):
    """Codes lists the codes of states in every system of codes, of one day or of all."""
    states: list[CodedState] = field(default_factory=list)
    systems: list[CodeSystem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True, repr=False, kw_only=True)
class DatedCode(Part):
    """DatedCode is a code, or a name or membership, which have none."""
    system: str
    code: str
    name: str
    from_: str = field(metadata={"json": "from"})
    """the first day"""
    until: str
    """the last day; empty: none yet"""
    source: str


@dataclass(frozen=True, repr=False, kw_only=True)
class Attains(Part):
    """Attains names the worlds in which something is attained."""
    first: int
    """number of the world; -1 for none"""
    worlds: int


@dataclass(frozen=True, repr=False, kw_only=True)
class Comparison(Part):
    """Comparison is one measure under every option, by every criterion. All values are in the measure's unit; regrets are how much worse, never negative."""
    measure: str
    unit: str
    better: str
    worlds: int
    """worlds compared"""
    undefined: int
    """left out: something compared is not defined there"""
    weightless: int
    """left out: their weight is 0"""
    effective_worlds: float | None = None
    """Kish's (Σw)²/Σw² (1965); N when all weigh alike"""
    tail: float
    optimism: float
    threshold: float | None = None
    matters: float
    """the least difference that counts; 0: any"""
    options: list[Scores] = field(default_factory=list)
    criteria: list[Criterion] = field(default_factory=list)
    hurwicz: list[Stretch] = field(default_factory=list)


@dataclass(frozen=True, repr=False, kw_only=True)
class Criterion(Part):
    """Criterion is one rule of choice and the options it picks, all that tie, in the order of the table. Of what is in the measure's unit, options tie with the best that fall short of it by less than what matters. It picks none where no world can be compared. Value is that of the best."""
    name: str
    means: str
    source: str
    picks: list[str] = field(default_factory=list)
    value: float | None = None


@dataclass(frozen=True, repr=False, kw_only=True)
class Crossing(Part):
    """Crossing is a place at which the difference changes its sign, going away from the centre."""
    value: float | None = None
    """in the input's unit"""
    change: float | None = None
    """value less the centre"""
    quantile: float | None = None
    """of the value"""
    standardised: float | None = None
    """normal score of the quantile less that of the centre"""
    kind: str


@dataclass(frozen=True, repr=False, kw_only=True)
class DecisionFlip(Part):
    """Flip is the answer to: how far must this input go until the sign of a difference between two options is another?"""
    input: str
    unit: str
    centre: float | None = None
    """in the input's unit"""
    difference: float | None = None
    """at the centre"""
    tied: bool
    """it is zero there: no sign to turn round"""
    found: bool
    """false: no flip within the 0.1 % to 99.9 % of the distribution"""
    nearest: Crossing | None = None
    """smallest change in quantiles"""
    smallest: Crossing | None = None
    """smallest change in the input's unit; often the same"""
    crossings: list[Crossing] = field(default_factory=list)
    """all found, from the lowest up"""
    search: Search


@dataclass(frozen=True, repr=False, kw_only=True)
class Front(Part):
    """Front says which options no other dominates over several measures. Exact: every pair of options is compared."""
    summary: str
    measures: list[str] = field(default_factory=list)
    epsilon: list[float] = field(default_factory=list)
    """by measure, in its unit"""
    options: list[FrontOption] = field(default_factory=list)
    worlds: int
    """worlds compared"""
    undefined: int
    """left out: something compared is not defined there"""
    weightless: int
    """left out: their weight is 0"""
    effective_worlds: float | None = None
    """Kish's (Σw)²/Σw² (1965); N when all weigh alike"""


@dataclass(frozen=True, repr=False, kw_only=True)
class FrontOption(Part):
    """FrontOption is one option on or off the front."""
    option: str
    values: list[float | None] = field(default_factory=list)
    """by measure"""
    on_front: bool
    dominated_by: list[str] = field(default_factory=list)
    undominated: DecisionShare
    """share of worlds in which, world by world, none dominates it"""


@dataclass(frozen=True, repr=False, kw_only=True)
class Information(Part):
    """Information is the value of knowing before choosing, in the measure's unit, for a chooser who goes by expected values (Raiffa & Schlaifer 1961). It is the expected gain over the option that is best without knowing."""
    inputs: list[str] = field(default_factory=list)
    """what would be known; empty: everything"""
    unit: str
    worlds: int
    """worlds compared"""
    undefined: int
    """left out: something compared is not defined there"""
    weightless: int
    """left out: their weight is 0"""
    effective_worlds: float | None = None
    """Kish's (Σw)²/Σw² (1965); N when all weigh alike"""
    best_without: list[str] = field(default_factory=list)
    """the options of the best expected value, all that tie"""
    value: float | None = None
    interval: Interval
    method: str
    bias: str
    """which way the estimate errs, in words"""
    in_sample: float | None = None
    """the same worlds learn and judge: errs upwards"""
    null: float | None = None
    """what InSample gives, on average, for an input that matters not at all"""
    null_high: float | None = None
    """and its 95 % quantile: below it InSample is no evidence"""
    held_out: float | None = None
    """other worlds learn than judge: errs downwards, may be negative"""
    learner: str


@dataclass(frozen=True, repr=False, kw_only=True)
class Pair(Part):
    """Pair holds option A against option B world by world. Differences are A − B in the measure's unit, whichever way is better; one that does not matter is a tie."""
    a: str
    b: str
    unit: str
    better_is: str
    worlds: int
    """worlds compared"""
    undefined: int
    """left out: something compared is not defined there"""
    weightless: int
    """left out: their weight is 0"""
    effective_worlds: float | None = None
    """Kish's (Σw)²/Σw² (1965); N when all weigh alike"""
    mean_difference: float | None = None
    student: Interval
    """for the mean, paired"""
    bootstrap: Interval
    """for the mean, paired"""
    median_difference: float | None = None
    a_better: DecisionShare
    a_worse: DecisionShare
    tied: DecisionShare


@dataclass(frozen=True, repr=False, kw_only=True)
class Scores(Part):
    """Scores are the numbers of one option. Worlds are named by their number; of several that attain the same, the first is named and all are counted."""
    option: str
    undefined: int
    """worlds in which this option itself is not defined"""
    expected: float | None = None
    """weighted mean"""
    laplace: float | None = None
    """mean with every world alike, weights unread"""
    median: float | None = None
    """weighted"""
    worst: float | None = None
    """maximin"""
    worst_in: Attains
    """the worlds of the worst value"""
    best: float | None = None
    """maximax"""
    tail_value: float | None = None
    """only 1 − tail of the worlds are worse"""
    hurwicz: float | None = None
    """α·best + (1−α)·worst"""
    max_regret: float | None = None
    """Savage"""
    regret_in: Attains
    """the worlds of the largest regret"""
    tail_regret: float | None = None
    """the tail quantile of regret"""
    mean_regret: float | None = None
    """what perfect information would save this option on average"""
    best_alone: DecisionShare
    """worlds in which it alone is best, by as much as matters"""
    best_shared: DecisionShare
    """worlds in which it is best with others"""
    domain: float | None = None
    """share of worlds won, a tie split evenly: sums to 1 over the options"""
    satisfices: DecisionShare | None = None
    """worlds at or better than the threshold"""
    horizon: float | None = None
    """distance of the nearest world that fails; null: none does"""


@dataclass(frozen=True, repr=False, kw_only=True)
class Search(Part):
    """Search says how a flip was looked for and what may have been missed."""
    steps: int
    """of the grid"""
    directions: int
    """of two inputs"""
    tolerance: float
    """of a place, in quantiles; of two inputs, in normal scores"""
    evaluations: int
    """of the difference"""
    undefined: int
    """evaluations that gave no number"""
    exact: bool
    """whether the nearest flip is certain, to the tolerance"""
    caveat: str
    """where it is not: why"""


@dataclass(frozen=True, repr=False, kw_only=True)
class DecisionShare(Part):
    """Share is a share of worlds with its interval: Wilson's score interval, or, of weighted worlds, the same at Kish's effective count. With no world it is NaN."""
    value: float | None = None
    worlds: int
    interval: Interval


@dataclass(frozen=True, repr=False, kw_only=True)
class Step(Part):
    """Step is an estimate after so many worlds."""
    worlds: int
    undefined: int
    value: float | None = None
    interval: Interval


@dataclass(frozen=True, repr=False, kw_only=True)
class Stretch(Part):
    """Stretch is a range of α over which Hurwicz's rule picks the same options. At the α between two stretches the options of both tie."""
    from_: float | None = field(default=None, metadata={"json": "from"})
    to: float | None = None
    picks: list[str] = field(default_factory=list)


@dataclass(frozen=True, repr=False, kw_only=True)
class Axis(Part):
    """Axis is an input cut into bins."""
    input: str
    bins: list[Bin] = field(default_factory=list)


@dataclass(frozen=True, repr=False, kw_only=True)
class DiscoveryBasis(Part):
    """Basis says on which rows a result rests."""
    rows: int
    """as given"""
    used: int
    """with every input and the outcome known"""
    interest: int
    """used rows of interest; 0 when the outcome is a quantity"""
    unknown: int
    missing: list[Missing] = field(default_factory=list)


@dataclass(frozen=True, repr=False, kw_only=True)
class Bin(Part):
    """Bin holds Lower < x ≤ Upper, the first bin its Lower too; or one category."""
    lower: float
    upper: float
    category: str | None = None


@dataclass(frozen=True, repr=False, kw_only=True)
class Box(Part):
    """Box is a set of limits and what they hold. The rows it holds are those of the table that satisfy every limit, less those of boxes found earlier."""
    step: str
    """how the box came from the one before"""
    coverage: DiscoveryShare
    density: DiscoveryShare
    mass: DiscoveryShare
    restricted: int
    """inputs with a limit"""
    ties: int
    limits: list[Limit] = field(default_factory=list)
    """one for each input, in the order of the table"""


@dataclass(frozen=True, repr=False, kw_only=True)
class DiscoveryCell(Part):
    """Cell is the rows in one bin of every input. Share is not set where there is no row: nothing is known there, which is not a share of 0."""
    rows: int
    interest: int
    share: DiscoveryShare | None = None


@dataclass(frozen=True, repr=False, kw_only=True)
class Forest(Part):
    """Forest says how many trees rank the inputs. The zero value of a field is its default; results do not depend on Workers."""
    trees: int
    leaf: int
    """least rows in a leaf; 0: the whole part of DefaultTwig of the rows, at least 1"""
    seed: int


@dataclass(frozen=True, repr=False, kw_only=True)
class Limit(Part):
    """Limit holds what a box asks of one input: Lower ≤ x ≤ Upper, or one of the categories. Where Below is not set the box has no lower limit and Lower is the least value of the table; Above and Upper likewise. A limit found by peeling lies midway between the last value left out and the first one kept, unless the input is an integer: then it is the value kept. Two leaves of a tree share the threshold as a limit; a value equal to it belongs to the left one."""
    input: str
    kind: str
    """Number, Integer or Category"""
    restricted: bool
    has_lower: bool
    has_upper: bool
    lower: float
    """0 for a category"""
    upper: float
    """0 for a category"""
    categories: list[str] = field(default_factory=list)
    """allowed"""
    excluded: list[str] = field(default_factory=list)
    """of the table, left out"""
    qp: float | None = None
    qp_lower: float | None = None
    qp_upper: float | None = None


@dataclass(frozen=True, repr=False, kw_only=True)
class Missing(Part):
    """Missing counts the rows in which an input has no value."""
    input: str
    rows: int


@dataclass(frozen=True, repr=False, kw_only=True)
class DiscoveryNode(Part):
    """Node is a part of the rows. A split sends rows left whose input is at most Threshold, midway between the two values it parts, or has one of the categories in Left."""
    parent: int
    """−1: the root"""
    depth: int
    rows: int
    leaf: bool
    mean: float
    """of the outcome; the density of a classification"""
    impurity: float
    """Gini index 2p(1−p), or variance"""
    gain: float
    """fall of impurity times the share of rows"""
    alpha: float | None = None
    box: Box | None = None
    """of a leaf of a classification tree"""
    children: list[int] = field(default_factory=list)
    """left, right"""
    input: str | None = None
    """of the split"""
    interest: int | None = None
    left_categories: list[str] = field(default_factory=list)
    limits: list[Limit] = field(default_factory=list)
    """of a leaf of a regression tree"""
    threshold: float | None = None


@dataclass(frozen=True, repr=False, kw_only=True)
class Options(Part):
    """Options says how PRIM goes about it. The zero value of a field is its default."""
    peel: float
    """share of a box peeled in one step, below 1/2; larger is less patient"""
    paste: float
    """share of the rows outside a limit that are pasted in one step, below 1/2"""
    no_paste: bool
    """peel only"""
    mass_min: float
    """least mass of a box, as a share of all used rows"""
    threshold: float
    """density that a chosen box must reach"""
    objective: str
    relabel: bool
    only: list[str] = field(default_factory=list)


@dataclass(frozen=True, repr=False, kw_only=True)
class Reproduced(Part):
    """Reproduced counts the runs in which an input is restricted."""
    input: str
    restricted: bool
    """in the box put to the test"""
    same_coverage: DiscoveryShare | None = None
    same_density: DiscoveryShare | None = None


@dataclass(frozen=True, repr=False, kw_only=True)
class Reproducibility(Part):
    """Reproducibility says how often searches on other rows restrict the same inputs (the resampling test of Bryant and Lempert 2010)."""
    resampling: Resampling
    box: int
    """of the trajectory that was put to the test"""
    failed: int
    """runs whose rows were all, or none, of interest"""
    inputs: list[Reproduced] = field(default_factory=list)
    """in the order of the table"""
    fresh_density: DiscoverySpread | None = None


@dataclass(frozen=True, repr=False, kw_only=True)
class Resampling(Part):
    """Resampling says how often to search again and on what. The zero value of a field is its default; results do not depend on Workers."""
    runs: int
    part: float
    """share of the rows drawn, without putting back"""
    seed: int


@dataclass(frozen=True, repr=False, kw_only=True)
class Score(Part):
    """Score says how much an input tells of the outcome, interactions included."""
    input: str
    score: float
    error: float
    """standard error over trees; 0 for one tree"""


@dataclass(frozen=True, repr=False, kw_only=True)
class DiscoveryShare(Part):
    """Share is a count of a count, with the 95 % score interval of Wilson (1927)."""
    count: int
    of: int
    """never 0"""
    share: float
    lo: float
    hi: float


@dataclass(frozen=True, repr=False, kw_only=True)
class DiscoverySpread(Part):
    """Spread is the mean and the range over runs."""
    runs: int
    mean: float
    min: float
    max: float


@dataclass(frozen=True, repr=False, kw_only=True)
class StackOptions(Part):
    """StackOptions says how to fold the inputs. The zero value of a field is its default."""
    inputs: list[str] = field(default_factory=list)
    levels: int
    """inputs on each axis, at most"""
    bins: int
    """of an ordered input"""
    equal_count: bool
    forest: Forest


@dataclass(frozen=True, repr=False, kw_only=True)
class Stacked(Part):
    """Stacked is a table of shares, dimensional stacking (LeBlanc, Ward and Wittels 1990; for scenario discovery Suzuki, Stern and Manzocchi 2015). Cells[a][b] is where row key a meets column key b; the keys run through the bins of the inputs of an axis, the last input fastest."""
    basis: DiscoveryBasis
    options: StackOptions
    """as used"""
    rows: list[Axis] = field(default_factory=list)
    """the most important first, that is outermost"""
    columns: list[Axis] = field(default_factory=list)
    cells: list[list[DiscoveryCell]] = field(default_factory=list)
    scores: list[Score] = field(default_factory=list)
    """where they gave the order"""


@dataclass(frozen=True, repr=False, kw_only=True)
class Trajectory(Part):
    """Trajectory is the way of PRIM from all rows to the last box, Boxes[0] being the start. Coverage falls and density mostly rises along it: which box to take is a choice."""
    basis: DiscoveryBasis
    options: Options
    """as used, with defaults filled in"""
    earlier: int
    """boxes whose rows were taken away, or relabelled, before"""
    boxes: list[Box] = field(default_factory=list)
    ended: str
    """why peeling ended"""


@dataclass(frozen=True, repr=False, kw_only=True)
class Tree(Part):
    """Tree is a classification tree when the outcome says what is of interest, a regression tree otherwise."""
    basis: DiscoveryBasis
    options: TreeOptions
    """as used"""
    regression: bool
    nodes: list[DiscoveryNode] = field(default_factory=list)
    """the root first, every node before its children, left before right"""


@dataclass(frozen=True, repr=False, kw_only=True)
class TreeOptions(Part):
    """TreeOptions says how far a tree grows. The zero value of a field is its default."""
    leaf: int
    """least rows in a leaf; 0: the whole part of DefaultLeaf of the rows, at least 1"""
    depth: int
    """most splits above a leaf; 0: no limit"""
    prune: float
    """cost of a leaf in cost-complexity pruning; 0: not pruned"""


@dataclass(frozen=True, repr=False, kw_only=True)
class FindingBasis(Part):
    """Basis says what a finding is about. Law is nil where no law of a day was asked, Played where no crisis was played; their fields are then absent."""
    case: str
    """empty: of no case"""
    title: str
    date: str
    """the day asked about, 2026-02-01; empty: none"""
    options: list[Option] = field(default_factory=list)
    views: list[View] = field(default_factory=list)
    design: str | None = None
    facts: dict[str, str] = field(default_factory=dict)
    """fact → yes or no"""
    horizon_years: int | None = None
    partial: bool | None = None
    """the run was stopped"""
    readings: dict[str, str] = field(default_factory=dict)
    """article or question → the reading chosen"""
    seed: int | None = None
    solution_concept: str | None = None
    weighted: str | None = None
    """how worlds were picked by the records of the past; empty: they count alike"""
    worlds_per_view: int | None = None
    """0: none was drawn"""


@dataclass(frozen=True, repr=False, kw_only=True)
class Interval(Part):
    """Interval lies about a number. Lo and Hi are null where there is none."""
    lo: float | None = None
    hi: float | None = None
    confidence: float
    method: str


@dataclass(frozen=True, repr=False, kw_only=True)
class Listing(Finding):
    """Listing is every name of a kind."""
    of: str
    """the kind of names"""
    rows: list[Name] = field(default_factory=list)
    """in alphabetical order, or in that of the case"""


@dataclass(frozen=True, repr=False, kw_only=True)
class Name(Part):
    """Name is a name as it is typed, what it stands for, and more in a few words."""
    name: str
    title: str
    note: str


@dataclass(frozen=True, repr=False, kw_only=True)
class ShippedCase(Part):
    """ShippedCase is one case with the names that can be asked for in it. A case without a crisis has no options, and one without a course no entries."""
    case: str
    title: str
    date: str
    question: str
    course: str
    """its title"""
    entries: int
    options: list[Titled] = field(default_factory=list)
    views: list[Titled] = field(default_factory=list)


@dataclass(frozen=True, repr=False, kw_only=True)
class ShippedCases(Finding):
    """ShippedCases are the cases that ship, in their order."""
    cases: list[ShippedCase] = field(default_factory=list)
    instruments: int


@dataclass(frozen=True, repr=False, kw_only=True)
class Source(Part):
    """Source is a source that a finding cites."""
    id: str
    title: str
    grade: str
    status: str
    address: str


@dataclass(frozen=True, repr=False, kw_only=True)
class Titled(Part):
    """Titled is a name with what it stands for."""
    name: str
    title: str


@dataclass(frozen=True, repr=False, kw_only=True)
class Counts(Part):
    """Counts is how the rows fared."""
    rows: int
    """rows under the header"""
    used: int
    """of these, rows that are in the text"""
    left_out: int
    """and rows that are not"""
    dates: int
    """dates of which a month or a day was assumed"""
    codes: int
    """rows whose code was no state on its day, taken for the state that it is on another"""
    alliances: int
    instruments: int
    """more than the alliances where one has phases side by side"""
    articles: int
    polygons: int | None = None
    """of borders, which have none of the three above"""


@dataclass(frozen=True, repr=False, kw_only=True)
class Input(Part):
    """Input is the file that was added."""
    name: str
    bytes: int
    sha256: str


@dataclass(frozen=True, repr=False, kw_only=True)
class Agreement(Part):
    """Agreement lists the picks of one criterion under every view. The schools of thought count; a union of them is shown and does not count."""
    criterion: str
    picks: list[list[str]] = field(default_factory=list)
    """by view"""
    common: list[str] = field(default_factory=list)
    """picked under every school"""
    schools: str


@dataclass(frozen=True, repr=False, kw_only=True)
class AnalysedColumn(Part):
    """AnalysedColumn says what a column is."""
    name: str
    kind: str
    missing: int
    min: float | None = None
    """of the finite numbers; nil of text"""
    max: float | None = None
    not_finite: int | None = None
    title: str | None = None
    unit: str | None = None
    values: int | None = None
    """different texts"""


@dataclass(frozen=True, repr=False, kw_only=True)
class Analysis(Finding):
    """Analysis holds everything that a report on a table shows."""
    file: str
    rows: int
    rows_not_read: int
    """of the file: they do not parse"""
    seed: int
    methods: list[str] = field(default_factory=list)
    inputs: list[AnalysedColumn] = field(default_factory=list)
    outputs: list[AnalysedColumn] = field(default_factory=list)
    left_out: list[DroppedColumn] = field(default_factory=list)
    sensitivity: list[Importance] = field(default_factory=list)
    """by output"""
    discovery: Findings | None = None
    """nil where nothing is of interest"""
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True, repr=False, kw_only=True)
class Band(Part):
    """Band is the median and the 5 and 95 % points."""
    median: float | None = None
    p05: float | None = None
    p95: float | None = None


@dataclass(frozen=True, repr=False, kw_only=True)
class BesideRate(Part):
    """BesideRate is a rate that is stated on a condition, beside what comes out over all that its measure counts. Nothing is solved for."""
    case: str
    option: str
    measure: str
    rate: str
    rate_title: str
    stated_given: str
    """in words"""
    stated: Band
    given: Band
    """over worlds"""
    undefined_worlds: int
    outside: int
    """1, -1: the median given lies above or below the 5–95 % range stated"""
    unchecked: bool | None = None


@dataclass(frozen=True, repr=False, kw_only=True)
class Chosen(Part):
    """Chosen is an option chosen without knowing, and in what share of the worlds it is not the best."""
    option: str
    expected: float | None = None
    interval: Interval
    not_best: DecisionShare


@dataclass(frozen=True, repr=False, kw_only=True)
class ClauseView(Part):
    """ClauseView tells what a change does to the ranking under one view. A change that levels the two reverses nothing."""
    view: str
    before: Mean
    """the difference, over worlds"""
    after: Mean
    change: Mean
    medians: list[float | None] = field(default_factory=list)
    """before and after"""
    reverses_means: bool
    """the mean has the other sign"""
    reverses_medians: bool
    """so has the median"""
    interval_clear: bool
    """the interval of the mean after does not hold zero"""
    first_greater_after: float | None = None
    """of the worlds in which both are defined"""


@dataclass(frozen=True, repr=False, kw_only=True)
class Convergence(Finding):
    """Convergence says how the means of a record settled as worlds were added."""
    worlds: list[int] = field(default_factory=list)
    """after how many"""
    paths: list[Path] = field(default_factory=list)
    until: Until | None = None
    """null: no precision was asked for"""


@dataclass(frozen=True, repr=False, kw_only=True)
class Discovered(Finding):
    """Discovered says, view by view, which ranges of assumptions make something so. Views are never pooled."""
    where: str
    views: list[ViewDiscovered] = field(default_factory=list)
    asked: str | None = None
    """in words, where Where was made from them"""


@dataclass(frozen=True, repr=False, kw_only=True)
class DroppedColumn(Part):
    """DroppedColumn is a column that takes no part, and why."""
    name: str
    why: str


@dataclass(frozen=True, repr=False, kw_only=True)
class Elicited(Finding):
    """Elicited holds the rates that a case states against what comes out in the cases they are stated for, with the offsets that make them hold, by view."""
    left_out_views: list[str] = field(default_factory=list)
    """unions: a mixture has no central world"""
    views: list[ElicitedView] = field(default_factory=list)


@dataclass(frozen=True, repr=False, kw_only=True)
class ElicitedRate(Part):
    """ElicitedRate is one line: a rate, the measure that should come out as it says, and the offset that is solved for. Gaps and offsets are in log odds."""
    case: str
    """in which the rate should hold"""
    option: str
    measure: str
    rate: str
    rate_title: str
    offset: str
    stated: Band
    given: Band
    """over worlds, with the offset in force"""
    undefined_worlds: int
    given_in_central_world: float | None = None
    gap: float | None = None
    """stated less given, in the central world"""
    offset_in_force: float | None = None
    offset_that_closes: float | None = None
    """null where none was found"""
    gap_left: float | None = None
    log_odds_that_follow: Band
    """logit of the rate and the offset that makes it hold, along the stated range"""
    not_closed_because: str
    """empty where it is closed"""


@dataclass(frozen=True, repr=False, kw_only=True)
class ElicitedView(Part):
    """ElicitedView is one view: its rates in the order in which they are stated, and whether offsets were found under which all of them hold at once."""
    view: str
    converged: bool
    steps: int
    largest_gap_left: float | None = None
    """in log odds, of all rates"""
    rates: list[ElicitedRate] = field(default_factory=list)
    beside: list[BesideRate] = field(default_factory=list)
    """stated on a condition that no measure looks at"""


@dataclass(frozen=True, repr=False, kw_only=True)
class Findings(Part):
    """Findings are the conditions under which rows of a table, or worlds, are of interest."""
    interest: str
    of_interest: int
    not_of_interest: int
    not_known: int
    """something that the interest needs is missing"""
    basis: DiscoveryBasis
    regional: Regions | None = None
    prim: Trajectory | None = None
    chosen: int
    chosen_because: str
    front: list[int] = field(default_factory=list)
    """boxes worth a choice"""
    pruned: Box | None = None
    given_up: list[str] = field(default_factory=list)
    resampling: Reproducibility | None = None
    tree: Tree | None = None
    stack: Stacked | None = None
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True, repr=False, kw_only=True)
class FlipBox(Part):
    """FlipBox is a box of assumptions."""
    limits: list[FlipLimit] = field(default_factory=list)
    """of the assumptions that are limited"""
    coverage: DiscoveryShare
    density: DiscoveryShare
    mass: DiscoveryShare
    on_fresh_worlds: FreshBox | None = None
    """null: no fresh world lies in it, or none is reversed"""


@dataclass(frozen=True, repr=False, kw_only=True)
class FlipCentre(Part):
    """FlipCentre is the central world of a view: every assumption at its median."""
    why_not: str
    """where it has none"""
    a: float | None = None
    b: float | None = None
    difference: float | None = None


@dataclass(frozen=True, repr=False, kw_only=True)
class FlipClause(Part):
    """FlipClause is one change of one clause of one option: the law is asked again, the game built and solved again, in the same worlds."""
    option: str
    kind: str
    """drop, set, strike, weaken, strengthen, spend"""
    change: str
    """"without deploy FRA 10000 at UKR" """
    views: list[ClauseView] = field(default_factory=list)


@dataclass(frozen=True, repr=False, kw_only=True)
class FlipLimit(Part):
    """FlipLimit is the range a box asks of an assumption."""
    input: str
    kind: str
    """Number, Integer or Category"""
    restricted: bool
    has_lower: bool
    has_upper: bool
    lower: float
    """0 for a category"""
    upper: float
    """0 for a category"""
    title: str
    unit: str
    rests_on: list[Belief] = field(default_factory=list)
    categories: list[str] = field(default_factory=list)
    """allowed"""
    excluded: list[str] = field(default_factory=list)
    """of the table, left out"""
    qp: float | None = None
    qp_lower: float | None = None
    qp_upper: float | None = None


@dataclass(frozen=True, repr=False, kw_only=True)
class FlipOption(Part):
    """FlipOption is one of the two options."""
    name: str
    title: str


@dataclass(frozen=True, repr=False, kw_only=True)
class FlipPair(Part):
    """FlipPair is a joint change of two assumptions. Alone are the distances of each alone, in normal scores, null where alone it turns nothing round."""
    inputs: list[str] = field(default_factory=list)
    units: list[str] = field(default_factory=list)
    centre: list[float | None] = field(default_factory=list)
    """in the inputs' units"""
    difference: float | None = None
    """at the centre"""
    tied: bool
    found: bool
    """false: no flip within 0.1 % to 99.9 % of both"""
    values: list[float | None] = field(default_factory=list)
    changes: list[float | None] = field(default_factory=list)
    quantiles: list[float | None] = field(default_factory=list)
    distance: float | None = None
    distance_on_grid: float | None = None
    """in the best of the evenly spaced directions, before it is turned"""
    search: Search
    foreseen: float | None = None
    """the distance if the two did not interact"""
    alone: list[float | None] = field(default_factory=list)
    rests_on: list[list[Belief]] = field(default_factory=list)


@dataclass(frozen=True, repr=False, kw_only=True)
class FlipRegion(Part):
    """FlipRegion is where among the worlds the ranking is the reverse of that of the means, and in which box of assumptions that is so."""
    greater_mean: str
    """a or b; empty: the means are level"""
    why_not: str
    """why there is no box"""
    reversed: DiscoveryShare | None = None
    """of the worlds in which the difference is defined; not set where there is no ranking"""
    tied: int
    undefined: int
    density_asked: float
    fresh_seed: int
    """of as many fresh worlds, on which boxes are measured again"""
    fresh_reversed: DiscoveryShare | None = None
    among: list[str] = field(default_factory=list)
    """the assumptions that tell most of it, which a box may limit"""
    prim: FlipBox | None = None
    cart: list[FlipBox] = field(default_factory=list)
    """more dense than a half, most coverage first"""


@dataclass(frozen=True, repr=False, kw_only=True)
class FlipSingle(Part):
    """FlipSingle is one assumption, and how far it must go."""
    assumption: str
    title: str
    unit: str
    rests_on: list[Belief] = field(default_factory=list)
    from_central_world: DecisionFlip | None = None
    """null where there is no central world"""
    difference_at_lowest: float | None = None
    difference_at_highest: float | None = None
    in_the_means: MeanFlip


@dataclass(frozen=True, repr=False, kw_only=True)
class FlipView(Part):
    """FlipView holds the findings under one view."""
    view: str
    title: str
    union: bool
    over_worlds: Pair | None = None
    central_world: FlipCentre
    assumptions: list[FlipSingle] = field(default_factory=list)
    """the nearest flip first"""
    fixed: int
    """assumptions that cannot move: one value"""
    pairs: list[FlipPair] = field(default_factory=list)
    """the nearest first"""
    pair_search: PairSearch
    region: FlipRegion


@dataclass(frozen=True, repr=False, kw_only=True)
class Flips(Finding):
    """Flips holds the findings. Differences are of the measure in its unit, A − B."""
    worlds_averaged: int
    """the first of them, in which assumptions are held at values and clauses changed"""
    measure: Measure
    a: FlipOption
    b: FlipOption
    views: list[FlipView] = field(default_factory=list)
    clauses: list[FlipClause] = field(default_factory=list)
    clauses_not_tried: list[Untried] = field(default_factory=list)


@dataclass(frozen=True, repr=False, kw_only=True)
class Fresh(Part):
    """Fresh measures the box in new worlds, which it was not chosen on."""
    seed: int
    worlds: int
    of_interest: int
    box: Box | None = None
    """nil where it holds none of them"""
    why: str | None = None


@dataclass(frozen=True, repr=False, kw_only=True)
class FreshBox(Part):
    """FreshBox counts what the same limits hold among fresh worlds."""
    coverage: DiscoveryShare
    density: DiscoveryShare
    mass: DiscoveryShare


@dataclass(frozen=True, repr=False, kw_only=True)
class GoodInAll(Part):
    """GoodInAll says of each option in what share of the worlds of a view all thresholds are met."""
    view: str
    options: list[str] = field(default_factory=list)
    met: list[SharedWorlds] = field(default_factory=list)


@dataclass(frozen=True, repr=False, kw_only=True)
class Ground(Part):
    """Ground tells what an assumption rests on in a view; a union has that of each member."""
    input: str
    title: str
    unit: str
    beliefs: list[Belief] = field(default_factory=list)


@dataclass(frozen=True, repr=False, kw_only=True)
class Held(Part):
    """Held is an assumption with one value under a view."""
    name: str
    value: float
    precision: bool | None = None


@dataclass(frozen=True, repr=False, kw_only=True)
class Importance(Part):
    """Importance says how much each input matters to one output."""
    output: str
    first_order: Ratios | None = None
    delta: Deltas | None = None


@dataclass(frozen=True, repr=False, kw_only=True)
class Kinds(Part):
    """Kinds counts worlds by whether it is so in them."""
    so: int
    not_: int = field(metadata={"json": "not"})
    unknown: int


@dataclass(frozen=True, repr=False, kw_only=True)
class Ladder(Finding):
    """Ladder is how often each step of escalation is taken, year by year, by option and view over worlds."""
    years: int
    goes_on: bool
    """false: the game ends with its years, and each number of years is a game of its own"""
    rungs: list[LadderRung] = field(default_factory=list)
    """in the order of play"""
    options: list[LadderedOption] = field(default_factory=list)


@dataclass(frozen=True, repr=False, kw_only=True)
class LadderRung(Part):
    """LadderRung is one step of escalation. Of one that stays the share is that of plays in which it has come about by the end of the year, of others that of plays in which it comes about in the year. Where the game does not go on, all are counted from the start to the end of the year."""
    rung: str
    title: str
    step: str
    """at which it first can come about"""
    stays: bool


@dataclass(frozen=True, repr=False, kw_only=True)
class LadderShare(Part):
    """LadderShare is a share of plays over the worlds of a view: 0 to 1, but for what can come about more than once in a year. Null: it is known in no world; P05 and P95 in one world alone, too."""
    mean: float | None = None
    median: float | None = None
    p05: float | None = None
    p95: float | None = None


@dataclass(frozen=True, repr=False, kw_only=True)
class LadderedOption(Part):
    """LadderedOption are the rungs under one option."""
    option: str
    title: str
    views: list[LadderedView] = field(default_factory=list)


@dataclass(frozen=True, repr=False, kw_only=True)
class LadderedView(Part):
    """LadderedView has for each rung a share for each year."""
    view: str
    rungs: list[list[LadderShare]] = field(default_factory=list)


@dataclass(frozen=True, repr=False, kw_only=True)
class Learned(Part):
    """Learned is an assumption, or a group of them, and what it would be worth to know."""
    name: str
    title: str
    worth: Information | None = None
    """null where it cannot be estimated"""
    share_of_evpi: float | None = None
    """of the value of knowing everything"""
    worth_learning: bool
    """told from nothing: see Value"""
    rests_on: str
    """judgement, sources, or empty where the record does not say"""
    doubt: str


@dataclass(frozen=True, repr=False, kw_only=True)
class Mean(Part):
    """Mean is a mean over worlds with half the width of its interval (Student, 95 %), the worlds in which it is defined, and those in which it is not."""
    mean: float | None = None
    half_width_95: float | None = None
    worlds: int
    undefined: int


@dataclass(frozen=True, repr=False, kw_only=True)
class MeanFlip(Part):
    """MeanFlip is one assumption held at a value in every world, all others as drawn: the ranking of the means."""
    moves: bool
    """whether it moves the mean at all"""
    at_lowest: Mean
    """of the first worlds only"""
    at_highest: Mean
    followed: bool
    """searched between the ends, in all worlds"""
    flip: DecisionFlip | None = None
    """null unless followed"""
    places: list[Place] = field(default_factory=list)
    """where each crossing may lie"""


@dataclass(frozen=True, repr=False, kw_only=True)
class OptionSize(Part):
    """OptionSize is the size of one option's graph."""
    option: str
    states: int
    """visited, before equal ones merge"""
    decisions: int
    chances: int
    edges: int
    multiplies: str
    """the step at which states multiply most, and how often"""
    times: float
    steps: list[InquiryStepSize] = field(default_factory=list)
    """in the order of play"""


@dataclass(frozen=True, repr=False, kw_only=True)
class PairSearch(Part):
    """PairSearch says how the pairs were chosen."""
    pairs_of_assumptions_that_move: int
    promising: int
    """foreseen to turn the ranking round sooner together than either alone"""
    searched: int


@dataclass(frozen=True, repr=False, kw_only=True)
class Past(Finding):
    """Past holds what the views imply beside what happened."""
    views: list[str] = field(default_factory=list)
    records: list[Recorded] = field(default_factory=list)
    measures: list[Measure] = field(default_factory=list)
    cases: list[PastCase] = field(default_factory=list)
    weights: Weights | None = None
    """null: no record weighs"""


@dataclass(frozen=True, repr=False, kw_only=True)
class PastCase(Part):
    """PastCase is one case whose outcome is known."""
    case: str
    title: str
    option: str
    checks: list[StudyCheck] = field(default_factory=list)
    estimates: list[Beside] = field(default_factory=list)


@dataclass(frozen=True, repr=False, kw_only=True)
class Path(Part):
    """Path is a mean as worlds were added: of a measure of an option under a view, or of its difference from the baseline in the same worlds."""
    measure: str
    view: str
    option: str
    less: str
    """the baseline, for a difference"""
    steps: list[Step] = field(default_factory=list)


@dataclass(frozen=True, repr=False, kw_only=True)
class PickedBy(Part):
    """PickedBy is an option with the criteria that pick it, alone or tied."""
    option: str
    criteria: list[str] = field(default_factory=list)


@dataclass(frozen=True, repr=False, kw_only=True)
class Place(Part):
    """Place is the range of an assumption in which the 95 % interval of the mean difference holds zero, in quantiles and in its unit; linear between the values tried. An open end is where the range goes on beyond what was tried."""
    from_quantile: float | None = None
    to_quantile: float | None = None
    from_: float | None = field(default=None, metadata={"json": "from"})
    to: float | None = None
    open_below: bool
    open_above: bool


@dataclass(frozen=True, repr=False, kw_only=True)
class Point(Part):
    """Point is one world with its value on each axis. So is null where it is not known."""
    world: int
    so: bool | None = None
    values: list[float] = field(default_factory=list)


@dataclass(frozen=True, repr=False, kw_only=True)
class Points(Part):
    """Points are some worlds of a view, placed on the assumptions that tell most, to be looked at. Of the worlds in which it is so, of the others, and of those in which it is not known the first are taken, each kind by its share but a rare one at least leastOfKind times where it has so many."""
    of: Kinds
    """all worlds"""
    drawn: Kinds
    """those among Worlds"""
    axes: list[PointsAxis] = field(default_factory=list)
    """those that the box limits, then by how far the two kinds lie apart"""
    worlds: list[Point] = field(default_factory=list)


@dataclass(frozen=True, repr=False, kw_only=True)
class PointsAxis(Part):
    """PointsAxis is an assumption along which worlds are placed. It is laid out by magnitude (Log) where the highest value is a hundred times the lowest or more."""
    input: str
    title: str
    unit: str
    lowest: float
    highest: float
    log: bool
    lower: float | None = None
    upper: float | None = None
    so: Quartiles
    """over all worlds in which it is so"""
    not_: Quartiles = field(metadata={"json": "not"})


@dataclass(frozen=True, repr=False, kw_only=True)
class Quartiles(Part):
    """Quartiles part values into four equal parts; null where there is none."""
    lower: float | None = None
    median: float | None = None
    upper: float | None = None


@dataclass(frozen=True, repr=False, kw_only=True)
class Reached(Finding):
    """Reached is how often each move of a case is come to within the years shown and what is chosen there, by option and view, in the central world of each view: every assumption at its median."""
    views: list[str] = field(default_factory=list)
    left_out_views: list[str] = field(default_factory=list)
    """unions: a mixture has no central world"""
    options: list[ReachedOption] = field(default_factory=list)
    alike: list[list[str]] = field(default_factory=list)
    """options that are the same in every row; each option once, in the order of the case"""


@dataclass(frozen=True, repr=False, kw_only=True)
class Robust(Finding):
    """Robust holds options against many worlds by every criterion: for each measure and view apart. No criterion and no view is put above another."""
    hurwicz_alpha: float
    tail: float
    confidence: float
    front_by: str
    thresholds: list[Threshold] = field(default_factory=list)
    measures: list[RobustMeasure] = field(default_factory=list)
    other_measures: list[str] = field(default_factory=list)
    """that say which way is better, and were not asked for"""
    fronts: list[ViewFront] = field(default_factory=list)
    """by view; none for a single measure"""
    all_met: list[GoodInAll] = field(default_factory=list)
    """by view: worlds in which every threshold is met; none for fewer than two"""
    pairs: list[ViewPair] = field(default_factory=list)
    """by measure, then view"""


@dataclass(frozen=True, repr=False, kw_only=True)
class RobustMeasure(Part):
    """RobustMeasure is one measure under every view."""
    name: str
    title: str
    unit: str
    better: str
    """lower, higher, or empty"""
    matters: float
    """the least difference that counts; 0: any"""
    given: str
    """the measure of the condition; empty: unconditional"""
    for_the_record: bool
    """serves only to be held against history"""
    views: list[RobustView] = field(default_factory=list)
    agreement: list[Agreement] = field(default_factory=list)
    """by criterion"""
    headline: str | None = None
    """in a few words, where a report leads with it"""
    not_possible: str | None = None
    """why no play of the case comes to it, under any option: it has no value"""


@dataclass(frozen=True, repr=False, kw_only=True)
class RobustView(Part):
    """RobustView is one measure under one view. Laplace's rule is not among the criteria: where the worlds of a view weigh alike it is the expected value, and where they do not its ignorance of the weights is a fault."""
    view: str
    left_out: list[str] = field(default_factory=list)
    """options under which it is never defined"""
    comparison: Comparison | None = None
    """null with fewer than two options left"""
    intervals: list[ScoreIntervals] = field(default_factory=list)
    """as the options of the comparison"""
    picked: list[PickedBy] = field(default_factory=list)
    """options that some criterion picks, by how many do"""
    picked_by_every_criterion: list[str] = field(default_factory=list)
    criteria_disagree: bool
    """no option is picked by every criterion"""


@dataclass(frozen=True, repr=False, kw_only=True)
class ScoreIntervals(Part):
    """ScoreIntervals are the intervals of an option's scores over worlds. The worst world and the largest regret have none: more worlds can only worsen them."""
    option: str
    expected: Interval
    median: Interval
    tail_value: Interval
    tail_regret: Interval


@dataclass(frozen=True, repr=False, kw_only=True)
class SenseClass(Part):
    """SenseClass is a class of worlds: those that a method was confined to, or sets against the others."""
    words: str
    in_: int = field(metadata={"json": "in"})
    out: int
    undefined: int
    """worlds in which it is not defined: neither in nor out"""


@dataclass(frozen=True, repr=False, kw_only=True)
class SenseInput(Part):
    """SenseInput is an assumption of the case."""
    name: str
    title: str
    unit: str


@dataclass(frozen=True, repr=False, kw_only=True)
class SenseOutcome(Part):
    """SenseOutcome is one measure under one option, or the difference of two: Option less Minus."""
    option: str
    minus: str
    """empty: no difference"""
    measure: str
    title: str
    unit: str
    better: str
    given: str
    """the measure by which worlds weigh, where this one is given something; empty: alike"""
    by_what_happened: bool
    """each world counts by the records of the past too"""
    effective_worlds: float | None = None
    """that the weighed ones are worth; null where they count alike"""
    worlds: int
    """behind the spread and the slopes: only those where the condition holds, if there is one"""
    undefined: int
    mean: float | None = None
    standard_deviation: float | None = None
    p05: float | None = None
    p95: float | None = None
    first_better: float | None = None
    """of a difference: the share of worlds in which Option is better"""
    second_better: float | None = None
    """and in which Minus is"""
    slopes: list[Slope] = field(default_factory=list)
    results: list[SenseResult] = field(default_factory=list)


@dataclass(frozen=True, repr=False, kw_only=True)
class SenseResult(Part):
    """SenseResult holds the findings of one method; exactly one of the pointers is set, or Unanswered says why none is."""
    method: str
    dependent_inputs: bool
    class_: SenseClass | None = field(default=None, metadata={"json": "class"})
    delta: Deltas | None = None
    dgsm: Derivatives | None = None
    given: Ratios | None = None
    morris: Elementary | None = None
    regional: Regions | None = None
    sobol: Sobol | None = None
    unanswered: str | None = None


@dataclass(frozen=True, repr=False, kw_only=True)
class SenseView(Part):
    """SenseView holds the findings under one view."""
    view: str
    title: str
    union: bool
    varied: list[Varied] = field(default_factory=list)
    fixed: list[Held] = field(default_factory=list)
    """one value under this view: nothing to weigh"""
    not_read: list[str] = field(default_factory=list)
    """by the options asked about: they change nothing"""
    correlations: list[Correlation] = field(default_factory=list)
    outcomes: list[SenseOutcome] = field(default_factory=list)


@dataclass(frozen=True, repr=False, kw_only=True)
class Sensitivity(Finding):
    """Sensitivity says which assumptions decide measures, under each view."""
    from_record: bool
    """nothing was run"""
    rows_of_sobol_design: int
    """0: not asked"""
    trajectories: int
    """0: not asked"""
    methods: list[str] = field(default_factory=list)
    where: str
    assumptions: list[SenseInput] = field(default_factory=list)
    views: list[SenseView] = field(default_factory=list)


@dataclass(frozen=True, repr=False, kw_only=True)
class InquirySetting(Part):
    """Setting holds one assumption at a value, in its unit."""
    assumption: str
    value: float | None = None


@dataclass(frozen=True, repr=False, kw_only=True)
class SharedWorlds(Part):
    """SharedWorlds is a share of worlds beside those it leaves out."""
    value: float | None = None
    worlds: int
    interval: Interval
    undefined: int


@dataclass(frozen=True, repr=False, kw_only=True)
class Sizes(Finding):
    """Sizes says how large the graph of each option of a case is, and which step makes it so."""
    sizes: list[OptionSize] = field(default_factory=list)


@dataclass(frozen=True, repr=False, kw_only=True)
class Slope(Part):
    """Slope is Spearman's rank correlation of an assumption and an outcome: which way it pushes."""
    name: str
    rank_correlation: float | None = None
    told_apart_from_0: bool
    """beyond 1.96/√N"""


@dataclass(frozen=True, repr=False, kw_only=True)
class InquiryStepSize(Part):
    """StepSize is how many states stand at a step."""
    step: str
    states: int


@dataclass(frozen=True, repr=False, kw_only=True)
class Supposed(Finding):
    """Supposed tells what follows under one view where some assumptions are held at values and all others are as the view has them."""
    view: str
    set: list[InquirySetting] = field(default_factory=list)
    measure: Measure
    measures: list[Measure] = field(default_factory=list)
    """all that are told, the one asked for first"""
    a: SupposedOption
    b: SupposedOption
    assumptions: list[SupposedNumber] = field(default_factory=list)
    """those that can move, what moves the difference most first; empty unless followed"""
    fixed: int
    """assumptions of one value"""
    steps: int
    """of the search for flips: two within one are not seen"""


@dataclass(frozen=True, repr=False, kw_only=True)
class SupposedNumber(Part):
    """SupposedNumber is an assumption that can be moved. Differences are of the measure, A less B, in the central world with what is held."""
    assumption: str
    title: str
    unit: str
    rests_on: list[Belief] = field(default_factory=list)
    lowest: float | None = None
    """0.1 % quantile"""
    p05: float | None = None
    median: float | None = None
    p95: float | None = None
    highest: float | None = None
    """99.9 % quantile"""
    value: float | None = None
    """at which it stands"""
    held: bool
    difference_at_p05: float | None = None
    difference_at_p95: float | None = None
    followed: bool
    flips: list[float | None] = field(default_factory=list)
    """values at which the ranking turns round"""
    by_the_record: Posterior | None = None


@dataclass(frozen=True, repr=False, kw_only=True)
class SupposedOption(Part):
    """SupposedOption is one of the two options, with a value for each of the measures."""
    name: str
    title: str
    values: list[SupposedValue] = field(default_factory=list)


@dataclass(frozen=True, repr=False, kw_only=True)
class SupposedValue(Part):
    """SupposedValue is a measure in the central world, with every assumption at its median and with some held; and over the worlds in which they are held. Of a conditional measure each world counts by how likely its condition is."""
    central_as_stated: float | None = None
    central: float | None = None
    mean: float | None = None
    """null: no worlds were asked for, or it is defined in none"""
    p05: float | None = None
    p95: float | None = None
    worlds: int
    """in which it is defined"""


@dataclass(frozen=True, repr=False, kw_only=True)
class Threshold(Part):
    """Threshold says what is good enough: a measure at most, or at least, so much in its unit; below or above it where it is strict."""
    measure: str
    better: str
    value: float
    strict: bool


@dataclass(frozen=True, repr=False, kw_only=True)
class Untried(Part):
    """Untried is a change that was not tried, and why."""
    option: str
    change: str
    why: str


@dataclass(frozen=True, repr=False, kw_only=True)
class Value(Finding):
    """Value says what it would be worth to know before choosing, for a chooser who goes by the expected value of one measure: for each view apart."""
    measure: Measure
    views: list[ViewValue] = field(default_factory=list)
    worth_learning_under_every_school: list[str] = field(default_factory=list)


@dataclass(frozen=True, repr=False, kw_only=True)
class Varied(Part):
    """Varied is an assumption with more than one value under a view."""
    name: str
    distribution: str
    """empty where a record does not say"""
    rests_on_judgement_alone: bool


@dataclass(frozen=True, repr=False, kw_only=True)
class ViewDiscovered(Part):
    """ViewDiscovered holds what was found in the worlds of one view."""
    view: str
    title: str
    inputs: list[AnalysedColumn] = field(default_factory=list)
    """the assumptions"""
    rests: list[Ground] = field(default_factory=list)
    """of those that the box limits"""
    left_out: list[DroppedColumn] = field(default_factory=list)
    discovery: Findings | None = None
    points: Points | None = None
    """null where nothing was found"""
    fresh: Fresh | None = None
    notes: list[str] = field(default_factory=list)
    nothing: str | None = None
    """why there is nothing to find"""


@dataclass(frozen=True, repr=False, kw_only=True)
class ViewFront(Part):
    """ViewFront is the front of a view."""
    view: str
    left_out: list[str] = field(default_factory=list)
    front: Front | None = None
    """null with fewer than two options left"""


@dataclass(frozen=True, repr=False, kw_only=True)
class ViewPair(Part):
    """ViewPair holds two options against each other in one measure under one view."""
    measure: str
    view: str
    pair: Pair | None = None


@dataclass(frozen=True, repr=False, kw_only=True)
class ViewValue(Part):
    """ViewValue is the value of knowing under one view."""
    view: str
    left_out: list[str] = field(default_factory=list)
    """options under which the measure is never defined"""
    chosen: list[Chosen] = field(default_factory=list)
    """what is chosen without knowing, all that tie"""
    perfect: Information | None = None
    """knowing everything; null with fewer than two options left"""
    assumptions: list[Learned] = field(default_factory=list)
    """worth most first"""
    groups: list[Learned] = field(default_factory=list)
    """as asked"""
    fixed: list[str] = field(default_factory=list)
    """assumptions that the view takes for known"""
    nothing_to_learn: bool
    """in every world what is chosen now is best: no knowledge changes the choice"""
    doubt: str
    """why nothing could be learned, or empty"""


@dataclass(frozen=True, repr=False, kw_only=True)
class Walked(Finding):
    """Walked is one play of an option in the central world of a view, opened choice by choice."""
    option: str
    title: str
    view: str
    walk: Walk | None = None


@dataclass(frozen=True, repr=False, kw_only=True)
class LawDecider(Part):
    """Decider is a smallest set of facts that would settle an open answer, or the choice of a reading that would settle a contested one."""
    facts: list[str] = field(default_factory=list)
    """"requested = yes" """
    then: str
    reading: str | None = None
    """the reading chosen; empty: whichever is"""


@dataclass(frozen=True, repr=False, kw_only=True)
class LawNode(Part):
    """Node is one step of a trace: what was asked, what came out, on what ground. An ID is the way to the step: the address of the article, the number of the rule and of the consequence, the debtor, then the part that each step plays in the one above it (NAT.5/1.1/FRA/except.NAT.6.1/when/2). So it stays what it is when instruments, articles, parties or facts are added elsewhere."""
    id: str
    kind: str
    """duty, in force, rule, condition, exception, extension, reading"""
    text: str
    value: str
    """yes, no, unknown"""
    article: str | None = None
    children: list[LawNode | None] = field(default_factory=list)
    fact: str | None = None
    """of a leaf that is a fact of law: its name"""
    ground: str | None = None
    """of a leaf: what it rests on"""
    position: str | None = None
    sources: list[str] = field(default_factory=list)
    status: str | None = None


@dataclass(frozen=True, repr=False, kw_only=True)
class DeltaInput(Part):
    """DeltaInput is half the mean distance (L1) between the density of the output and its density when the input is known: 0 for an input that tells nothing, up to 1 (Borgonovo 2007)."""
    input: str
    delta: Estimate
    delta_raw: float | None = None
    delta_null: float | None = None
    n: int
    left_out: int


@dataclass(frozen=True, repr=False, kw_only=True)
class Deltas(Part):
    """Deltas holds Borgonovo's moment-independent importance."""
    n: int
    """rows (or trajectories, worlds) used"""
    left_out: int
    """rows left out: some number in them is not finite"""
    interval: str
    """how the intervals were made, in words"""
    warnings: list[Caution] = field(default_factory=list)
    effective_worlds: float | None = None
    """as in Ratios"""
    inputs: list[DeltaInput] = field(default_factory=list)


@dataclass(frozen=True, repr=False, kw_only=True)
class DerivativeInput(Part):
    """DerivativeInput is the mean square of the derivative of the output in one input, and the bound it sets on the total index: ST ≤ C·Nu/Variance, C the Poincaré constant of the input's distribution (Lamboni, Iooss, Popelin and Gamboa 2013). A bound near 0 shows that an input does not matter; a large one shows nothing."""
    input: str
    nu: Estimate
    ST_bound: Estimate


@dataclass(frozen=True, repr=False, kw_only=True)
class Derivatives(Part):
    """Derivatives holds derivative-based global measures (Sobol' and Kucherenko 2009)."""
    n: int
    """rows (or trajectories, worlds) used"""
    left_out: int
    """rows left out: some number in them is not finite"""
    interval: str
    """how the intervals were made, in words"""
    warnings: list[Caution] = field(default_factory=list)
    variance: float | None = None
    """of the output"""
    inputs: list[DerivativeInput] = field(default_factory=list)


@dataclass(frozen=True, repr=False, kw_only=True)
class Elementary(Part):
    """Elementary holds elementary effects."""
    n: int
    """rows (or trajectories, worlds) used"""
    left_out: int
    """rows left out: some number in them is not finite"""
    interval: str
    """how the intervals were made, in words"""
    warnings: list[Caution] = field(default_factory=list)
    evaluations: int
    inputs: list[ElementaryInput] = field(default_factory=list)


@dataclass(frozen=True, repr=False, kw_only=True)
class ElementaryInput(Part):
    """ElementaryInput describes the effects of one input: the change of the output for each unit of its probability, one effect from each trajectory. MuStar is the mean of their sizes (Campolongo, Cariboni and Saltelli 2007), Mu their mean, Sigma their standard deviation: large against MuStar where the input acts in a curve or together with others (Morris 1991)."""
    input: str
    mu_star: Estimate
    mu: Estimate
    sigma: Estimate
    n: int
    """effects used"""


@dataclass(frozen=True, repr=False, kw_only=True)
class Ratio(Part):
    """Ratio is the share of the variance of the output that lies between worlds with different values of the input (the correlation ratio of Pearson 1905)."""
    input: str
    S1: Estimate
    n: int
    left_out: int
    bins: int


@dataclass(frozen=True, repr=False, kw_only=True)
class Ratios(Part):
    """Ratios holds first-order indices from any table."""
    n: int
    """rows (or trajectories, worlds) used"""
    left_out: int
    """rows left out: some number in them is not finite"""
    interval: str
    """how the intervals were made, in words"""
    warnings: list[Caution] = field(default_factory=list)
    effective_worlds: float | None = None
    """that rows of different weight are worth, the least of an input; null where they count alike"""
    inputs: list[Ratio] = field(default_factory=list)


@dataclass(frozen=True, repr=False, kw_only=True)
class Region(Part):
    """Region compares the values of one input in and out of the class by the test of Kolmogorov and Smirnov."""
    input: str
    D: Estimate
    """the largest distance between the two distribution functions"""
    p: float
    """chance of such a D or a larger one if the class had nothing to do with the input"""
    p_exact: bool
    p_holm: float
    at: float
    """the value at which the distance is largest"""
    lower: bool
    """worlds in the class have more values at or below At than others"""
    in_: int = field(metadata={"json": "in"})
    out: int
    left_out: int


@dataclass(frozen=True, repr=False, kw_only=True)
class Regions(Part):
    """Regions holds regional sensitivity: how the inputs of worlds in a class differ from those of the others (Hornberger and Spear 1981)."""
    n: int
    """rows (or trajectories, worlds) used"""
    left_out: int
    """rows left out: some number in them is not finite"""
    interval: str
    """how the intervals were made, in words"""
    warnings: list[Caution] = field(default_factory=list)
    in_: int = field(metadata={"json": "in"})
    """worlds in the class"""
    out: int
    inputs: list[Region] = field(default_factory=list)


@dataclass(frozen=True, repr=False, kw_only=True)
class Sobol(Part):
    """Sobol holds variance-based indices (Sobol' 1993; Homma and Saltelli 1996)."""
    n: int
    """rows (or trajectories, worlds) used"""
    left_out: int
    """rows left out: some number in them is not finite"""
    interval: str
    """how the intervals were made, in words"""
    warnings: list[Caution] = field(default_factory=list)
    evaluations: int
    """points the design has, used or not"""
    mean: float
    """of the output over A and B"""
    variance: float | None = None
    inputs: list[SobolInput] = field(default_factory=list)
    pairs: list[SobolPair] = field(default_factory=list)
    """each once, the earlier input first"""


@dataclass(frozen=True, repr=False, kw_only=True)
class SobolInput(Part):
    """SobolInput tells what one input, or group, does to the output. S1 is the share of variance that vanishes in the mean when it becomes known, ST the share that remains when all others are known."""
    input: str
    S1: Estimate
    ST: Estimate


@dataclass(frozen=True, repr=False, kw_only=True)
class SobolPair(Part):
    """SobolPair is the share of variance from the joint action of two inputs beyond what each does alone."""
    first: str
    other: str
    S2: Estimate


@dataclass(frozen=True, repr=False, kw_only=True)
class Amount(Part):
    """Amount is money with all that must be said with it: the currency, the price base, and whether it is a level in a year or a total over years."""
    value: float
    """billions"""
    currency: str
    prices: str
    year: int
    """of a level; 0: in a year that is not named"""
    years: int
    """a total over so many years; 0: a level in one year"""
    rests_on: list[SpendRest] = field(default_factory=list)


@dataclass(frozen=True, repr=False, kw_only=True)
class SpendCheck(Finding):
    """Check is a reckoning shown line by line."""
    name: str
    says: str
    sources_named: str
    """by the check itself"""
    sources: list[Source] = field(default_factory=list)
    """of what it rests on"""
    note: str
    beside: str
    """what shares are of"""
    rows: list[Row] = field(default_factory=list)
    rests_on: list[SpendRest] = field(default_factory=list)


@dataclass(frozen=True, repr=False, kw_only=True)
class Claim(Finding):
    """Claim is a sentence that somebody says, as propositions over the figures, one for each way to read it."""
    name: str
    says: str
    by: str
    sources_named: str
    """by the claim itself"""
    sources: list[Source] = field(default_factory=list)
    """of what it rests on"""
    verdict: str
    readings: list[SpendReading] = field(default_factory=list)
    rests_on: list[SpendRest] = field(default_factory=list)


@dataclass(frozen=True, repr=False, kw_only=True)
class Line(Part):
    """Line is one unit as one series has it."""
    unit: str
    title: str
    series: str
    in_: str = field(metadata={"json": "in"})
    """USD bn, % of GDP, index"""
    prices: str
    """current, or the year of the prices; "" of a share"""
    values: list[float | None] = field(default_factory=list)
    """by year, From to To"""
    first: int | None = None
    """the first and last year with a figure; null for none"""
    last: int | None = None
    growth_a_year: float | None = None
    """from First to Last, of a level; real at constant prices, else nominal"""
    total: float | None = None
    """of First to Last, of a level; null where a year between is missing"""
    source: str
    status: str
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True, repr=False, kw_only=True)
class SpendReading(Part):
    """Reading is one proposition of a claim."""
    name: str
    says: str
    verdict: str
    why: str
    """of not known"""
    expression: str
    arithmetic: str
    left: str
    """what the two sides of the comparison come to, empty when it is none"""
    right: str
    caveats: list[str] = field(default_factory=list)
    """readings that the arithmetic itself makes"""
    note: str


@dataclass(frozen=True, repr=False, kw_only=True)
class SpendRest(Part):
    """Rest is one figure that a number rests on."""
    what: str
    value: str
    source: str
    status: str
    note: str


@dataclass(frozen=True, repr=False, kw_only=True)
class Row(Part):
    """Row is one line of a check: what it comes to and how."""
    name: str
    says: str
    kind: str
    amount: Amount | None = None
    """of money"""
    number: float | None = None
    """of a number"""
    share: float | None = None
    """of a yearly amount: how much it is of what it is held beside"""
    unknown: str
    """why it is not known"""
    expression: str
    """over the figures"""
    arithmetic: str
    """with the figures put in"""
    note: str


@dataclass(frozen=True, repr=False, kw_only=True)
class Series(Finding):
    """Series is the answer to a Query. What is not known is null in JSON."""
    from_: int | None = field(default=None, metadata={"json": "from"})
    """null, as is To: no years were asked for, and nothing has figures"""
    to: int | None = None
    measure: str
    """level, share, burden"""
    burden: str
    """what is 100"""
    lines: list[Line] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True, repr=False, kw_only=True)
class AgainstChance(Part):
    """AgainstChance holds the schools against chance: in how many of the numbers of the heads, one for each option under which every school has it, the medians of the schools lie further apart than those of the two halves of the worlds of any school. No number is counted where there are fewer than FewWorlds, whose halves tell nothing of chance, or where a half of a school has no median."""
    numbers: int
    schools_further_apart: int


@dataclass(frozen=True, repr=False, kw_only=True)
class AlikePair(Part):
    """AlikePair are two options that differ by less than what matters in 95 % of the worlds, whichever headline measure is looked at: in those of all schools by the record or, where no record weighs, in those of every school. Apart says what they have in common in play, in the central world of each school."""
    worlds_alike: float
    """the least over headline measures"""
    a: str
    b: str
    never_reached: list[Where] = field(default_factory=list)
    same: list[Where] = field(default_factory=list)
    differ: list[Split] = field(default_factory=list)
    """what is chosen differs"""
    asked_differently: list[Where] = field(default_factory=list)


@dataclass(frozen=True, repr=False, kw_only=True)
class Answer(Part):
    """Answer holds what a run of a case found, as a person asks for it first: which option does best by each headline measure and by how much, where the schools agree and where they part, what the record says of them, and how sure this is. Every list may be empty, none is null. It is computed here and nowhere printed."""
    version: int
    case: str
    title: str
    question: str
    date: str
    horizon_years: int
    partial: bool
    basis: str
    """record, schools, or the name of the only view"""
    worlds: int
    schools: int
    part_of_the_schools: list[str] = field(default_factory=list)
    effective_worlds: float
    given: Head | None = None
    """the condition that the heads share; null: none"""
    heads: list[Head] = field(default_factory=list)
    not_defined: list[Head] = field(default_factory=list)
    """measures to lead with that no option defines"""
    rows: list[AnswerRow] = field(default_factory=list)
    leads: list[Lead] = field(default_factory=list)
    """one for each head"""
    accepted: Lead | None = None
    whether_or_not: list[Outright] = field(default_factory=list)
    """the heads that can be asked without the condition"""
    alike: list[list[str]] = field(default_factory=list)
    """options that differ neither in the condition nor in any head by what matters"""
    schools_hold: list[HeldBy] = field(default_factory=list)
    by_criteria: list[ByCriteria] = field(default_factory=list)
    """of the heads that say which way is better"""
    against_chance: AgainstChance
    parting: Parting | None = None
    firm: list[Firmness] = field(default_factory=list)
    """of the heads that were played otherwise"""
    moved: Moved | None = None
    """null: nothing moves by what matters, or nothing was played otherwise"""
    record: RecordVerdict
    rest_on_judgement_alone: int
    """at most, over the schools"""
    assumptions: int
    restated: int
    made_for_another_case: list[BorrowedOf] = field(default_factory=list)
    odd_day: list[str] = field(default_factory=list)
    """what is odd about asking this of this day"""
    says_nothing: list[str] = field(default_factory=list)
    """lines of the model that check warns of"""
    cells_not_converged: int
    articles_of_mixed_readings: int
    warnings: int
    record_folder: str
    sketched_error: float | None = None
    """by how much medians and ranges are off at most, as a share of the value of their rank; 0: nothing is sketched"""


@dataclass(frozen=True, repr=False, kw_only=True)
class AnswerRow(Part):
    """AnswerRow is an option: how likely the condition is under it, and each head."""
    option: str
    label: str
    title: str
    given: float | None = None
    """the mean probability of the condition"""
    mostly: SchoolWeight | None = None
    cells: list[Summary] = field(default_factory=list)


@dataclass(frozen=True, repr=False, kw_only=True)
class Assumption(Part):
    """Assumption is one that the worlds draw, and what each view holds of it."""
    name: str
    title: str
    unit: str
    beliefs: list[Belief] = field(default_factory=list)
    made_for: str | None = None
    """the case that its numbers were chosen for"""
    restated: StudyRestated | None = None
    """a file put its own in the place of those"""
    solved: bool | None = None
    """an offset at which a stated rate holds: nobody holds it, it follows"""


@dataclass(frozen=True, repr=False, kw_only=True)
class Belief(Part):
    """Belief is a distribution with what it rests on."""
    view: str
    distribution: str
    sources: list[str] = field(default_factory=list)
    judgement: str


@dataclass(frozen=True, repr=False, kw_only=True)
class Beside(Part):
    """Beside puts the estimates of others beside what a view implies, or says why nothing it implies is comparable. It weighs nothing."""
    title: str
    asked: str
    """when, in words"""
    horizon: str
    """of which time or case"""
    measure: str
    """empty: none asks the same"""
    unlike: str
    """why not"""
    low: float
    high: float
    says: str
    means: str
    """what it does and does not say here"""
    sources: list[str] = field(default_factory=list)
    status: str
    views: list[Implied] = field(default_factory=list)


@dataclass(frozen=True, repr=False, kw_only=True)
class BorrowedOf(Part):
    """BorrowedOf counts the assumptions that were chosen for another case."""
    case: str
    assumptions: int


@dataclass(frozen=True, repr=False, kw_only=True)
class ByCriteria(Part):
    """ByCriteria tells by how many criteria of choice the schools, as each is stated, put an option first by a measure: what a median says another criterion may not."""
    measure: str
    criteria: int
    """those by which every school puts something first"""
    first: list[FirstBy] = field(default_factory=list)
    """options that some criterion puts first, or as good, under every school"""
    apart: int
    """criteria by which no option is first under every school"""


@dataclass(frozen=True, repr=False, kw_only=True)
class StudyCell(Part):
    """Cell is one interval that was looked at: of the mean of a measure, or of its difference from the baseline in the same worlds. Half is null for fewer than two worlds, Mean for none."""
    option: str
    view: str
    measure: str
    less: str
    """the baseline, for a difference"""
    worlds: int
    mean: float | None = None
    half_width: float | None = None
    allowed: float | None = None
    reached: bool


@dataclass(frozen=True, repr=False, kw_only=True)
class StudyCheck(Part):
    """Check compares what a view implies with what happened."""
    id: str
    view: str
    record: str
    role: str
    per: str
    events: int
    events_high: int
    trials: int
    trials_high: int
    years: float
    effective: float
    implied_median: float | None = None
    implied_p05: float | None = None
    implied_p95: float | None = None
    implied_yearly_median: float | None = None
    observed_lower_95: float
    """two-sided, of what was counted"""
    observed_higher_95: float
    observed_upper_95: float
    """one-sided"""
    probability_of_record: float
    """of so few (or so many) events, over the worlds"""
    unlikely: bool
    refuted: bool
    sources: list[str] = field(default_factory=list)
    weighted: Predicted | None = None
    """by the records that weigh; null: none does"""


@dataclass(frozen=True, repr=False, kw_only=True)
class Effect(Part):
    """Effect tells what one record did, by what would stand without it."""
    record: str
    effective_worlds_without: float
    weight_moved: float
    """the share of the weight it moved to other worlds"""
    largest_shift: Shift | None = None
    shares_without: list[SchoolShare] = field(default_factory=list)


@dataclass(frozen=True, repr=False, kw_only=True)
class End(Part):
    """End is a world and what the measure is in it."""
    world: int
    value: float | None = None


@dataclass(frozen=True, repr=False, kw_only=True)
class EndsOf(Part):
    """EndsOf names the worlds in which a headline measure of an option is least and most: casus run CASE --worlds N..N plays one again."""
    view: str
    option: str
    measure: str
    low: End
    high: End


@dataclass(frozen=True, repr=False, kw_only=True)
class Factor(Part):
    """Factor is the Bayes factor of a school against another, and the standard error of its logarithm over worlds."""
    view: str
    against: str
    log_factor: float | None = None
    log_factor_error: float | None = None


@dataclass(frozen=True, repr=False, kw_only=True)
class Firmness(Part):
    """Firmness says whether the options that a measure puts first as run stay first with other years ahead, and with λ blunter or sharper."""
    measure: str
    rows: list[Other] = field(default_factory=list)
    turned: Turned | None = None
    """null: no two options change places by what matters"""


@dataclass(frozen=True, repr=False, kw_only=True)
class FirstBy(Part):
    """FirstBy is an option with the number of criteria by which every school has it first."""
    option: str
    criteria: int


@dataclass(frozen=True, repr=False, kw_only=True)
class GivenChains(Part):
    """GivenChains are the same from the step on which a condition comes true, over as many years as are looked at, given that it does within as many."""
    measure: str
    """that of the condition"""
    likely: float
    probability: float | None = None
    """null where the condition never comes true"""
    chains: list[Chain] = field(default_factory=list)


@dataclass(frozen=True, repr=False, kw_only=True)
class Head(Part):
    """Head is a measure that the answer leads with."""
    measure: str
    title: str
    headline: str
    """in a few words"""
    unit: str
    better: str
    matters: float
    not_possible: str | None = None
    """why no play comes to it, under any option"""


@dataclass(frozen=True, repr=False, kw_only=True)
class HeldBy(Part):
    """HeldBy names the best option of each school by one measure, as each is stated."""
    measure: str
    agreed: list[str] = field(default_factory=list)
    """best, or as good, under every school"""
    views: list[SchoolLead] = field(default_factory=list)


@dataclass(frozen=True, repr=False, kw_only=True)
class History(Part):
    """History is a case that is played to hold the views against the record."""
    case: str
    title: str
    option: str
    checks: list[StudyCheck] = field(default_factory=list)
    estimates: list[Beside] = field(default_factory=list)
    result: Result


@dataclass(frozen=True, repr=False, kw_only=True)
class Implied(Part):
    """Implied holds what a view implies of a number, before and after the records weigh its worlds."""
    view: str
    implied: StudySpread
    weighted: StudySpread | None = None


@dataclass(frozen=True, repr=False, kw_only=True)
class Lead(Part):
    """Lead says which options do best and which worst by a measure. Options within what matters of the best are as good. Empty lists: the measure is not defined under any option, or there is one option only."""
    measure: str
    best: list[str] = field(default_factory=list)
    worst: list[str] = field(default_factory=list)
    tie: bool
    """no two differ by what matters"""
    never: list[str] = field(default_factory=list)
    """options under which it is not defined"""
    sure: float | None = None


@dataclass(frozen=True, repr=False, kw_only=True)
class LegalLine(Part):
    """LegalLine is the answer of one article, with all debtors it holds for."""
    article: str
    title: str
    class_: str = field(metadata={"json": "class"})
    gloss: str
    status: str
    debtors: list[str] = field(default_factory=list)
    because: list[str] = field(default_factory=list)
    why: str
    caveats: list[str] = field(default_factory=list)


@dataclass(frozen=True, repr=False, kw_only=True)
class LegalPicture(Part):
    """LegalPicture tells what the law says of a key event, and the options under which it says so."""
    event: str
    options: list[str] = field(default_factory=list)
    answers: list[LegalLine] = field(default_factory=list)


@dataclass(frozen=True, repr=False, kw_only=True)
class Look(Part):
    """Look holds the findings after so many worlds."""
    worlds: int
    not_reached: int
    intervals: int


@dataclass(frozen=True, repr=False, kw_only=True)
class Measure(Part):
    """Measure says what a column of results is."""
    name: str
    title: str
    unit: str
    better: str
    """lower, higher, or empty"""
    matters: float
    """the least difference that counts; 0: any"""
    given: str
    """the measure of the condition; empty: unconditional"""
    for_the_record: bool
    """serves only to be held against history"""
    headline: str | None = None
    """in a few words, where a report leads with it"""
    not_possible: str | None = None
    """why no play of the case comes to it, under any option: it has no value"""


@dataclass(frozen=True, repr=False, kw_only=True)
class Moved(Part):
    """Moved is the cell that moves most, counted in what matters, where choices are blunter or sharper."""
    measure: str
    option: str
    precision_times: float
    as_run: float
    then: float


@dataclass(frozen=True, repr=False, kw_only=True)
class Next(Part):
    """Next says that options under which the condition never comes about do worst, by what matters, and the worst number of all others."""
    options: list[str] = field(default_factory=list)
    next: float


@dataclass(frozen=True, repr=False, kw_only=True)
class Other(Part):
    """Other is one way of playing otherwise; Holds: an option that is first as run, and in every row before that holds, is first there too, or as good. So all hold where one option is first throughout, and only there."""
    horizon_years: int
    precision_times: float
    holds: bool


@dataclass(frozen=True, repr=False, kw_only=True)
class OtherAs(Part):
    """OtherAs is one number of years ahead, and λ as a multiple of what is stated."""
    horizon_years: int
    precision_times: float
    views: list[OtherView] = field(default_factory=list)
    """the schools; then all of them together, each counting alike"""


@dataclass(frozen=True, repr=False, kw_only=True)
class OtherNumber(Part):
    """OtherNumber is one measure over the worlds in which it is defined; of a conditional one each world counts by the probability of its condition."""
    measure: str
    mean: float | None = None
    median: float | None = None


@dataclass(frozen=True, repr=False, kw_only=True)
class OtherView(Part):
    """OtherView are the headline measures under a view."""
    view: str
    measures: list[OtherNumber] = field(default_factory=list)


@dataclass(frozen=True, repr=False, kw_only=True)
class Otherwise(Part):
    """Otherwise says how the headline measures of an option move where more or fewer years are looked at, or choices are sharper or blunter than stated: in the first few worlds of each school, so that it costs a small part of the run."""
    worlds_per_view: int
    left_out: str
    """why there is nothing; empty otherwise"""
    rows: list[OtherAs] = field(default_factory=list)
    """as run first"""


@dataclass(frozen=True, repr=False, kw_only=True)
class Outright(Part):
    """Outright is a head asked whether or not its condition comes about: the measure of the same headline that is given nothing. Options under which the condition never comes about have no other number."""
    of: str
    """the head"""
    measure: str
    """the one that is given nothing"""
    title: str
    cells: list[Summary] = field(default_factory=list)
    """a row each"""
    lead: Lead
    """over all options, those among them under which the condition never comes about"""
    next: Next | None = None
    """null: no such option does worst alone"""


@dataclass(frozen=True, repr=False, kw_only=True)
class Parting(Part):
    """Parting is where two schools part most: the measure of an option of which they say the most different things, in ranges (5–95 %) of the wider of the two."""
    measure: str
    option: str
    low_view: str
    high_view: str
    low: float
    high: float
    turns_on: Turn | None = None
    """null: no assumption alone closes much of it, or that could not be told"""
    turns_known: bool
    """whether it could: there are worlds that mix the schools"""


@dataclass(frozen=True, repr=False, kw_only=True)
class Posterior(Part):
    """Posterior tells what the records of the past make of an assumption under a view: the quantiles of its draws, each world by its weight."""
    p05: float | None = None
    median: float | None = None
    p95: float | None = None
    effective_worlds: float
    """that this rests on"""


@dataclass(frozen=True, repr=False, kw_only=True)
class Predicted(Part):
    """Predicted holds what the weighted worlds of a view imply of a record. Of one that is held out, it is a prediction."""
    implied_median: float | None = None
    implied_p05: float | None = None
    implied_p95: float | None = None
    probability_of_record: float
    outside: bool
    """so few, or so many, have a probability below 2.5 %"""


@dataclass(frozen=True, repr=False, kw_only=True)
class Ran(Finding):
    """Ran is a record as a finding: its manifest under a head."""
    record: Record | None = None
    """as manifest.json has it, see record.md"""


@dataclass(frozen=True, repr=False, kw_only=True)
class ReachedGiven(Part):
    """ReachedGiven are the steps from the one on which a condition comes true, over as many years, given that it does: the condition of the first measure that has one."""
    measure: str
    """that tells how likely the condition is; empty: none has one"""
    title: str
    likely: float
    steps: list[Reach] = field(default_factory=list)


@dataclass(frozen=True, repr=False, kw_only=True)
class ReachedOption(Part):
    """ReachedOption is one option, with a row of steps for each of the views."""
    option: str
    title: str
    views: list[ReachedView] = field(default_factory=list)


@dataclass(frozen=True, repr=False, kw_only=True)
class ReachedView(Part):
    """ReachedView are the steps of the crisis in the order of play, those too that are never come to."""
    view: str
    steps: list[Reach] = field(default_factory=list)
    given: ReachedGiven


@dataclass(frozen=True, repr=False, kw_only=True)
class Record(Part):
    """Record holds everything that a report of a run shows."""
    version: int
    program: str
    case: str
    title: str
    question: str
    date: str
    horizon_years: int
    solution_concept: str
    precision: str
    seed: int
    design: str
    worlds_per_view: int
    baseline: str
    options: list[str] = field(default_factory=list)
    """of which the finished ones are in Results"""
    until: Until | None = None
    """null: no precision was asked for"""
    partial: bool
    files: list[File] = field(default_factory=list)
    views: list[View] = field(default_factory=list)
    measures: list[Measure] = field(default_factory=list)
    assumptions: list[Assumption] = field(default_factory=list)
    legal: list[LegalPicture] = field(default_factory=list)
    chains_to: str
    results: list[Result] = field(default_factory=list)
    alike: list[AlikePair] = field(default_factory=list)
    """pairs of options that differ in no headline measure by what matters"""
    records: list[Recorded] = field(default_factory=list)
    """what the views are held against"""
    weights: Weights | None = None
    """of worlds by the records; null: none weighs"""
    history: list[History | None] = field(default_factory=list)
    warnings: list[Caution] = field(default_factory=list)
    answer: Answer | None = None
    """in what is printed, not in a manifest: it follows from the rest"""
    first_world: int | None = None
    keep: str | None = None
    """summaries: there are no rows"""
    labels: dict[str, str] = field(default_factory=dict)
    """of options, in a few words"""
    schools_left_out: list[str] = field(default_factory=list)
    """schools of the case that the run was not asked for"""
    summed: Summed | None = None
    """it has sums in the place of rows"""
    unfinished: StudyRest | None = None


@dataclass(frozen=True, repr=False, kw_only=True)
class RecordVerdict(Part):
    """RecordVerdict tells what the record says of the schools."""
    speaks_for: str
    """the school it speaks for most; empty: none weighs"""
    over: str
    """and the one for which it speaks least"""
    log_bayes_factor: float | None = None
    log_bayes_factor_error: float | None = None
    refuted: list[RefutedView] = field(default_factory=list)
    contradicted: list[RefutedView] = field(default_factory=list)
    """on other records than those that refute it"""
    shares: list[SchoolWeight] = field(default_factory=list)


@dataclass(frozen=True, repr=False, kw_only=True)
class Recorded(Part):
    """Recorded is a record as the views are held against it."""
    id: str
    """case.name, or case.number where it has no name"""
    case: str
    option: str
    """under which it happened"""
    title: str
    measure: str
    yearly: str
    per: str
    events: int
    events_high: int
    trials: int
    """0: a count over years"""
    trials_high: int
    years: float
    effective: float
    """independent trials, or years, it is worth"""
    temper: float
    from_: int = field(metadata={"json": "from"})
    until: int
    role: str
    why: str
    """it does not weigh"""
    same_events_as: list[str] = field(default_factory=list)
    definition: str
    sources: list[str] = field(default_factory=list)
    status: str


@dataclass(frozen=True, repr=False, kw_only=True)
class RefutedView(Part):
    """RefutedView is a view and the records that refute, or contradict, it."""
    view: str
    records: list[str] = field(default_factory=list)
    held_out: int
    """of the records, those that carry no weight"""


@dataclass(frozen=True, repr=False, kw_only=True)
class StudyRest(Part):
    """Rest stands for the rows of worlds that a stopped run had solved beyond what its record shows: the blocks of options that were not finished."""
    rows: int
    sha256: str


@dataclass(frozen=True, repr=False, kw_only=True)
class StudyRestated(Part):
    """Restated tells where an assumption was stated anew, and what was put in the place of what."""
    at: str
    """FILE:LINE"""
    first: str
    """FILE:LINE of what it replaces"""
    says: str
    """by view, the distribution and the one it replaces"""


@dataclass(frozen=True, repr=False, kw_only=True)
class Result(Part):
    """Result is one option over all views."""
    option: str
    title: str
    done: bool
    graph: Size
    operations: int
    slots: int
    views: list[ViewResult] = field(default_factory=list)
    chains: list[ViewChains] = field(default_factory=list)
    union: Together | None = None
    """null: no record weighs"""
    otherwise: Otherwise | None = None
    """of an option of the case"""
    reach: list[ReachedView] = field(default_factory=list)
    """likewise, by school"""


@dataclass(frozen=True, repr=False, kw_only=True)
class SchoolLead(Part):
    """SchoolLead names the best options of one school, and what each has there; Value is that of the first."""
    view: str
    best: list[str] = field(default_factory=list)
    value: float | None = None
    values: list[float | None] = field(default_factory=list)
    """of each of best"""


@dataclass(frozen=True, repr=False, kw_only=True)
class SchoolShare(Part):
    """SchoolShare is the share of a school in the union."""
    view: str
    share: float


@dataclass(frozen=True, repr=False, kw_only=True)
class SchoolWeight(Part):
    """SchoolWeight is the weight that the record gives a school."""
    view: str
    share: float


@dataclass(frozen=True, repr=False, kw_only=True)
class Shift(Part):
    """Shift is the headline number that a record moved most, in ranges of the unweighted union: its mean without the record and with it."""
    option: str
    measure: str
    mean_without: float
    mean_with: float


@dataclass(frozen=True, repr=False, kw_only=True)
class Split(Part):
    """Split is a step at which two options differ, and the choice whose share differs most, in the view in which it does."""
    step: str
    view: str
    choice: str
    choice_title: str
    share_a: float
    share_b: float
    asked_a: float
    asked_b: float
    actor: str | None = None
    title: str | None = None


@dataclass(frozen=True, repr=False, kw_only=True)
class StudySpread(Part):
    """Spread is a median with its 5–95 % range over worlds; one world has no range."""
    median: float | None = None
    p05: float | None = None
    p95: float | None = None


@dataclass(frozen=True, repr=False, kw_only=True)
class Summary(Part):
    """Summary is a measure over worlds. Not defined in a world (a share of what never happens) is counted, not averaged. A conditional measure counts each world by the probability of its condition: its mean is a ratio of means. P05 and P95 are null where it is defined in fewer than two worlds. Better and Worse say in what share of the same worlds it differs from the baseline by at least what matters."""
    measure: str
    worlds: int
    undefined: int
    mean: float | None = None
    median: float | None = None
    p05: float | None = None
    p95: float | None = None
    better_than_baseline: float | None = None
    worse_than_baseline: float | None = None
    beaten_by: list[str] = field(default_factory=list)
    """options better in at least 95 % of the worlds"""
    drift: float | None = None
    """distance of the medians of the two halves of the worlds"""
    condition: float | None = None
    """the mean probability of the condition; null: none"""
    drift_error: float | None = None
    """by how much drift may be off, where sums were kept in the place of rows"""


@dataclass(frozen=True, repr=False, kw_only=True)
class Summed(Part):
    """Summed tells of a record without rows what its numbers are."""
    exact: list[str] = field(default_factory=list)
    sketched: list[str] = field(default_factory=list)
    relative_error: float
    """at most, of a sketched quantile, against the value of its rank: the least that at least such a share of the weight does not exceed; of drift each cell has its own"""
    left_out: list[str] = field(default_factory=list)
    ends: list[EndsOf] = field(default_factory=list)


@dataclass(frozen=True, repr=False, kw_only=True)
class Together(Part):
    """Together is an option over the worlds of all schools, each with the same prior weight, before and after the records weigh them."""
    before: list[Summary] = field(default_factory=list)
    after: list[Summary] = field(default_factory=list)


@dataclass(frozen=True, repr=False, kw_only=True)
class Turn(Part):
    """Turn is the assumption that closes most of the gap between two schools, where they hold different things of it."""
    assumption: str
    title: str
    share_of_the_gap: float
    standard_error: float


@dataclass(frozen=True, repr=False, kw_only=True)
class Turned(Part):
    """Turned is the pair of options whose order as run is turned round furthest: there too they differ by what matters, the other way. Pairs is how many are."""
    better_as_run: str
    worse_as_run: str
    horizon_years: int
    precision_times: float
    as_run: list[float] = field(default_factory=list)
    """of Better, of Worse"""
    then: list[float] = field(default_factory=list)
    pairs: int
    """that are turned round by one way of playing or another"""


@dataclass(frozen=True, repr=False, kw_only=True)
class UnionWeights(Part):
    """UnionWeights weigh the worlds of all schools together."""
    schools: list[str] = field(default_factory=list)
    log_evidence: float | None = None
    worlds: int
    effective_worlds: float


@dataclass(frozen=True, repr=False, kw_only=True)
class Until(Part):
    """Until is a precision asked for and what came of it. Worlds are doubled from First until half of every interval is at most what is allowed: of a probability or share HalfWidth itself, of any other measure HalfWidth times its mean."""
    half_width: float
    measures: list[str] = field(default_factory=list)
    first_worlds: int
    most_worlds: int
    confidence: float
    method: str
    reached: bool
    looks: list[Look] = field(default_factory=list)
    """after each round"""
    cells: list[StudyCell] = field(default_factory=list)
    """at the last look"""
    caveat: str


@dataclass(frozen=True, repr=False, kw_only=True)
class ViewChains(Part):
    """ViewChains are the most probable chains under a view, in its central world (every assumption at its median), and the probability of the end by any way."""
    view: str
    probability: float
    chains: list[Chain] = field(default_factory=list)
    given: GivenChains | None = None
    """null: no measure has this end given anything"""


@dataclass(frozen=True, repr=False, kw_only=True)
class ViewResult(Part):
    """ViewResult holds, for one view, each measure in each world; in the manifest, its summary."""
    view: str
    summary: list[Summary] = field(default_factory=list)
    weighted: list[Summary] = field(default_factory=list)
    """by the records; null: none weighs"""


@dataclass(frozen=True, repr=False, kw_only=True)
class ViewWeights(Part):
    """ViewWeights weigh the worlds of a view. Evidence is the logarithm of its marginal likelihood: the mean over its worlds of the likelihood of the records. Its error takes worlds for independent, which with a stratified design is safe."""
    view: str
    school: bool
    """part of the union"""
    log_evidence: float | None = None
    log_evidence_error: float | None = None
    effective_worlds: float
    share_of_union: float | None = None
    """of a school: prior shares are equal"""
    refuted_by: list[str] = field(default_factory=list)
    """records of a probability below 1 %"""
    silent_worlds: int
    """in which a record's measure is not defined: it leaves their weight alone"""
    by_record: list[Effect] = field(default_factory=list)


@dataclass(frozen=True, repr=False, kw_only=True)
class Weights(Part):
    """Weights say what the records do to the worlds of each view."""
    views: list[ViewWeights] = field(default_factory=list)
    union: UnionWeights | None = None
    """of the schools; null where no world of any has weight"""
    bayes_factors: list[Factor] = field(default_factory=list)
    by_record: list[Effect] = field(default_factory=list)
    """what each record did, to the union"""


@dataclass(frozen=True, repr=False, kw_only=True)
class Where(Part):
    """Where is a step, of one actor or of chance."""
    step: str
    actor: str | None = None
    title: str | None = None


KINDS: dict[str, type[Finding]] = {
    "analyse": Analysis,
    "asks": Askable,
    "cases": ShippedCases,
    "chains": Chains,
    "check": Checked,
    "cite": Citation,
    "claims": Ledger,
    "conflicts": Conflicts,
    "convergence": Convergence,
    "course": Course,
    "data": AddedSets,
    "diff": Diff,
    "discover": Discovered,
    "elicit": Elicited,
    "flip": Flips,
    "graph": Sizes,
    "ladder": Ladder,
    "list": Listing,
    "matrix": MatrixForm,
    "owed": Owed,
    "reach": Reached,
    "record": Past,
    "resting": Resting,
    "robust": Robust,
    "run": Ran,
    "sense": Sensitivity,
    "spending": Series,
    "spending check": SpendCheck,
    "spending claim": Claim,
    "states": Codes,
    "suppose": Supposed,
    "value": Value,
    "walk": Walked,
    "why": Why,
    "why not": WhyNot,
}
"""The class of each kind of finding."""
