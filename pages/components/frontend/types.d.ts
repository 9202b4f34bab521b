// What the server sends to each component (pages/components/ writes it), and what modules hand to one another.

/** What Streamlit calls a component's default export with. */
export interface ComponentArguments<Data> {
  data: Data;
  parentElement: ShadowRoot;
  setTriggerValue: SendToServer;
}

export type SendToServer = (name: string, value: unknown) => void;

/** "Pass", "Fail", "Pending", or "" where there is none. */
export type Status = string;

/** A position within a review: a group, and a metric of it. */
export interface ReviewPosition {
  group: string;
  metric?: string;
}

/** A part of the list of assets; `text` is what is searched in it. */
export interface ListedText {
  text: string;
}

export interface AssetTableData extends ListedText {
  columns: { key: string; title: string; href: string; sorted: "ascending" | "descending" | null }[];
  rows: AssetRow[];
  pages: { text: string; href: string | null }[];
  /** Why there are no rows. */
  message: string;
  /** The view as its address states it. */
  search: string;
  /** How many metrics of the whole result are Pending. */
  pending: string;
}

export interface AssetRow {
  name: string;
  href: string;
  status: Status;
  mine: string;
  problem: string;
  [column: string]: string;
}

/** Each row is a list of cells, one a column, and each cell a list of parts. */
export interface LinkTableData {
  label: string;
  titled: boolean; // else the titles of the columns are for screen readers alone
  columns: { title: string; number: boolean; share: number }[]; // `share` in percent of the width, 0 for any
  rows: LinkCell[][][];
}

/** A text, a link, or the badge of a status, which has no text. */
export interface LinkCell {
  text: string;
  href?: string;
  status?: Status;
  quiet?: boolean;
  /** Where a link leads within the open review. */
  position?: ReviewPosition;
}

/** A menu of the list of assets. `key` is that of the parameter which its choices set. */
export type FilterMenu =
  | { kind: "toggle"; key: string; label: string; value: string; icon: "Pending" | "Person"; chosen: boolean; count: number }
  | { kind: "values"; key: string; label: string; values: [string, number][]; chosen: string[]; hidden: number }
  | { kind: "dates"; key: string; label: string; from: string; to: string }
  | { kind: "choices"; key: string; label: string; choices: { text: string; href: string; chosen: boolean }[] }
  | { kind: "links"; key: string; label: string; groups: { title: string; links: { text: string; href: string }[] }[] }
  | { kind: "files"; key: string; label: string; title: string; files: { text: string; href: string }[] };

/** The position in a list that the reader came from, and the way to what comes before and after. */
export interface AssetStepsData {
  text: string;
  href: string;
  previous: { name: string; href: string } | null;
  next: { name: string; href: string } | null;
}

export interface FilterMenusData {
  /** The parameters of the address, encoded. */
  search: string;
  menus: FilterMenu[];
}

export interface MetricTableData {
  columns: { key: string; title: string }[];
  groups: MetricTableGroup[];
}

/** The metrics of one asset; `href` leads to its review. */
export interface MetricTableGroup {
  name: string;
  href: string;
  facts: string;
  rows: MetricTableRow[];
}

/** `draft` is the status that the reader's draft gives it, "" for none; `state` is said where there is none. */
export interface MetricTableRow {
  name: string;
  href: string;
  draft: Status;
  state: string;
  [column: string]: string;
}

/** How many metrics have each status; `allowed` are those with a Fail that counts as Pass. Of a draft: a change of that. */
export type StatusCounts = [passed: number, failed: number, allowed: number, pending: number];

/** What a draft changes in a group: how many of its metrics have an edit, and the change of its counts. */
export type GroupMark = [edits: number, ...StatusCounts];

/** `record` distinguishes records and people. Status and counts are those of the record, without the draft. */
export interface RecordHeaderData {
  record: string;
  name: string;
  status: Status;
  count: number;
  counts: StatusCounts;
  facts: { text: string; href: string }[];
  /** Null unless the panel was just opened. */
  matrix: StatusMatrix | null;
}

/** The status by modality (a row) and stage (a column), and by tag; each cell leads to its metrics. */
export interface StatusMatrix {
  stages: string[];
  rows: [modality: string, cells: (MatrixCell | null)[]][];
  tags: [tag: string, cell: MatrixCell][];
}

/** `href` is "" where no address selects these metrics. */
export interface MatrixCell {
  status: Status;
  text: string;
  href: string;
}

/** Why a group has its status: the answer to the request with this number, 0 where nothing was asked. `groups` are those
 *  that can be chosen, each address with its path; `stored` is the status without the draft. */
export interface StatusReasonsData {
  number: number;
  group: string;
  groups: [string, string][];
  status: Status;
  stored: Status;
  summary: string;
  rows: StatusReason[];
  left_out: number;
}

/** A metric that decides a status, or whose Fail is allowed by what `allowed` names. `was` is the status in the record
 *  where that of a draft differs from it. */
export interface StatusReason {
  name: string;
  group: string;
  href: string;
  position: ReviewPosition;
  status: Status;
  was: string;
  value: string;
  rule: string;
  description: string;
  who: string;
  since: string;
  allowed: string;
}

/** The open group: its address (`selected`), its labels from the top, its status. `wide` says that its figure has the
 *  width of the page. */
export interface OpenGroup {
  selected: string;
  path: string;
  status: Status;
  wide: boolean;
}

/** The tree, with the group that is open when it is drawn, and the figures that its groups lead to. `address` is that of
 *  the review, without a position; `record` distinguishes records and people. */
export interface TreeData extends OpenGroup {
  record: string;
  /** How many metrics the address leaves out, and the address that shows them. */
  hidden: number;
  whole: string;
  /** To what the tree is narrowed: "left", "fail", "changed", or "" for nothing. */
  show: string;
  nodes: TreeNode[];
  figures: FigureList;
  address: string;
}

/** The figures of a record, each once; by the address of a leaf of the tree, its figure pages in their order: the metric
 *  that names the page, the number of its figure, and its cards. Empty where there are too many. */
export interface FigureList {
  figures: NamedFigure[];
  groups: Record<string, [metric: string, figure: number, cards: ListedCard[]][]>;
}

/** A metric: its address in its group, its key, and 1 where it is Pending in the record and can be decided. */
export type ListedCard = [address: string, key: string, undecided: 0 | 1];

/** A figure page with its cards. */
export interface OrderedPage {
  position: { group: string; metric: string };
  cards: { address: string; key: string; undecided: boolean }[];
}

/** A card by the number of its figure page in the review, and its own on that page. */
export interface CardPosition {
  page: number;
  card: number;
}

/** A figure as its line of tools names it; `figure` is null for one that only the server can draw. */
export interface NamedFigure {
  name: string;
  opens: string | null;
  shown: boolean;
  /** Which plot it is of, by its path without ids: the same for other probes and sessions; "" for none. */
  plot: string;
  figure: Figure | null;
}

export interface FigurePage extends NamedFigure {
  position: ReviewPosition;
}

/** The page of figure and cards that is drawn: its number of `card` to begin at, null where nothing is left to decide;
 *  how often something was `submitted` in this tab; the open group. */
/** `step` is the metric that a queue is at, "" without a queue. */
export interface CardsStartData {
  page: string;
  step: string;
  card: number | null;
  submitted: number;
  /** How many changes the last submission wrote, until the next change of the draft. */
  landed: number;
  group: OpenGroup;
  cards: CardStatuses;
}

/** The status of each card on screen as the server has it, by the class of its container: that of the record, that of the
 *  draft ("" for none), whether the draft changes more than the status, and whether a Fail counts as Pass. `key` is the
 *  draft's key for the metric. */
export type CardStatuses = Record<
  string,
  { key: string; stored: Status; chosen: Status; more: boolean; allowed: boolean }
>;

/** What the server has of the reader's changes: how many in all, and in each group by its address ("" for all metrics);
 *  whether all are kept; why none may be made, "" where they may; the statuses that the draft gives to metrics that are
 *  not on screen, by the class of their cards. `record` distinguishes records and people. */
export interface VerdictsData {
  record: string;
  number: number;
  saved: boolean;
  /** Whether the server waits for further verdicts, to store all of them in one write. */
  waits: boolean;
  refusal: string;
  marks: Record<string, GroupMark>;
  cards: CardStatuses;
  decided: Record<string, Status>;
  /** The sitting of the browser whose steps of undo and redo were made last, and the number of the last one. */
  steps: [sitting: string, made: number];
  /** What the last step of undo or redo, or “Undo submission”, has done; "" once something else was done. */
  stated: string;
  /** How many steps led to a metric, and the class of the card of the last one. */
  wentTo: [number: number, card: string];
}

/** A verdict that was given and that the server has not confirmed: on which card, in which groups, and whether it adds a
 *  change (1), takes one away (-1) or neither (0); `change` is what it adds to the counts of those groups. */
export interface HeldVerdict {
  card: string;
  status: Status;
  groups: string[];
  adds: number;
  change: StatusCounts;
}

/** Which record is on screen: the address to ask for its revision, and the revision that is shown. */
export interface RecordWatchData {
  address: string;
  revision: string;
}

/** What holds of a group with the draft: its counts, how many of its metrics are changed, and how many there are. */
export interface GroupState {
  counts: StatusCounts;
  changed: number;
  total: number;
}

export interface TreeNode {
  key: string;
  label: string;
  href: string;
  status: Status;
  counts: StatusCounts;
  count: number;
  allowed: string;
  search: string;
  children: TreeNode[];
}

export interface RelatedMetricsData {
  /** How many there are; the groups have the first of them. */
  count: number;
  groups: { label: string; links: RelatedMetric[] }[];
}

export interface RelatedMetric {
  name: string;
  status: Status;
  href: string;
  position: ReviewPosition;
}

/** A file that the browser draws by itself; one that is converted for it has percentiles that are black and white. */
export interface MediaFile {
  kind: "picture" | "video";
  address: string;
  name: string;
  low?: number;
  high?: number;
}

/** Two percentiles, from 0 to 100: what is drawn black, and what is drawn white. */
export interface Percentiles {
  low: number;
  high: number;
}

export interface PairFigure {
  kind: "pair";
  left: MediaFile;
  right: MediaFile;
  /** The address of the image-comparison component's frame, where it can show the two. */
  compare: string | null;
}

export interface PdfFigure {
  kind: "pdf";
  address: string;
  name: string;
}

export interface ChartFigure {
  kind: "chart";
  name: string;
  /** The addresses of the data that it loads. */
  data: string[];
}

export interface TextFigure {
  kind: "text";
  text: string;
  reason: string;
  why?: string;
  link: string | null;
}

export interface ConvertedFigure extends Percentiles {
  kind: "converted";
  address: string;
  original: string;
  name: string;
}

export interface HtmlPageFigure {
  kind: "page";
  address: string;
  name: string;
}

export interface EmbedFigure {
  kind: "embed";
  address: string;
  origin: string;
  title: string;
  /** Whether it is AIND's ephys GUI, whose frame needs an identifier to send and take curations. */
  isEphysGui: boolean;
}

/** A version of a curation that can be sent into a view; 0 is the number of the draft. */
export interface CurationVersion {
  number: number;
  label: string;
}

/** A version that is to be sent; `nonce` is another for each request. */
export interface CurationToSend {
  nonce: string;
  label: string;
  content: unknown;
}

/** What a view by another site that curates is given: `metric` is the key of the metric whose frame it is. */
export interface CurationData {
  metric: string;
  metrics: { key: string; name: string }[];
  /** The prefix of the asset, "" where it is not known. */
  session: string;
  /** The newest first. */
  versions: CurationVersion[];
  /** A sentence on the draft of the next version, null where there is none. */
  draft: string | null;
  send: CurationToSend | null;
  /** What to do, as a sentence. */
  hint: string;
}

/** A unit of a curation; `merge` is the number of the merge that it is in. */
export interface CuratedUnit {
  name: string;
  labels: Record<string, string[]>;
  merge: number | null;
  removed: boolean;
}

export interface LabelCategory {
  name: string;
  options: string[];
  exclusive: boolean;
}

/** An action on units, numbered from 1 within one sitting. */
export interface UnitEdit {
  number: number;
  kind: "label" | "merge" | "unmerge" | "remove" | "restore";
  units: string[];
  category: string;
  label: string;
}

export interface UnitListData {
  label: string;
  units: CuratedUnit[];
  categories: LabelCategory[];
  /** Whether the form of the curation has removed units. */
  removes: boolean;
  /** The sitting whose actions were applied last, and the number of the last one. */
  sitting: string;
  confirmed: number;
}

/** A message of a frame on its way to the server: its origin, its JSON, and what the frame was made for. */
export interface FrameMessage {
  origin: string;
  text: string;
  record: string;
  metric: string;
}

export interface ExcerptFigure {
  kind: "excerpt";
  address: string;
  original: string;
  name: string;
}

export interface DataFigure {
  kind: "data";
  text: string;
  name: string;
  format: string;
  address: string | null;
  measured: string | null;
  sliced: (Percentiles & { address: string }) | null;
}

export type Figure =
  | MediaFile
  | PairFigure
  | PdfFigure
  | ChartFigure
  | TextFigure
  | ConvertedFigure
  | HtmlPageFigure
  | EmbedFigure
  | ExcerptFigure
  | DataFigure;

/** A link to the figure before or after. */
export interface FigureStep {
  position: ReviewPosition;
  href: string;
}

export interface FigureData {
  /** The name of the figure page, "" for a figure that is none of the review's own. */
  page: string;
  name: string;
  /** The address for a tab of its own. */
  opens: string | null;
  figure: Figure | null;
  /** Whether there is anything that full screen could show. */
  shown: boolean;
  position: number;
  of: number;
  previous: FigureStep | null;
  next: FigureStep | null;
  /** Addresses of pictures to fetch in the background. */
  ahead: string[];
  record: string;
  plot: string;
  /** Whether it is the review's main figure, whose frames stay alive. */
  keepsFrames: boolean;
  /** For a view that curates. */
  curation: CurationData | null;
  /** Which array and pages of it the address named when the server drew it: with another one it is drawn again. */
  stack?: Record<string, string>;
}

/** Keys that belong together, as the registry has them (`pages/shell/key_registry.py`). */
export interface KeySection {
  context: string;
  title: string;
  keys: readonly { command: string; keys: readonly string[]; text: string; does: string; label: string }[];
}

/** A row of the list of keys: the keys as shown, and what they do. */
export type KeyRow = readonly [keys: string, does: string];

/** Acts on a key; false where the key means nothing here. */
export type KeyHandler = (key: string, shift: boolean) => boolean;

/** Ends what a kind of figure began: timers, listeners, downloads. */
export type Cleanup = () => void;

/** What a kind of figure may use besides its stage. */
export interface Shell {
  /** The row of controls above the stage. */
  controls: HTMLElement;
  /** What follows the stage. */
  below: HTMLElement;
  /** The component's element in the page. */
  host: Element;
  record: string;
  /** Which plot the figure is of, "" for one of its own. */
  plot: string;
  keepsFrames: boolean;
  curation: CurationData | null;
  /** Names what is told of each later state of the curation. */
  observeCuration: (observer: (curation: CurationData) => void) => void;
  sendToServer: SendToServer;
  /** Draws the figure again, from the beginning. */
  retry: () => void;
  /** Draws another file in its place. */
  show: (file: MediaFile) => void;
  /** Remembers which array and pages are drawn, and puts them into the address where it is that of the figure. */
  keepStack: (view: StackView) => void;
  /** Sets the keys of this kind, and their rows in the list of keys. */
  setKeys: (rows: readonly KeyRow[], handle: KeyHandler) => void;
}

/** Draws one kind of figure into the stage. */
export type DrawFigure<Kind extends Figure> = (stage: HTMLElement, figure: Kind, shell: Shell) => Cleanup | void;

/** How a picture is seen: `scale` in CSS pixels a pixel of the picture; `x` and `y`, from 0 to 1, are the point of the
 *  picture in the middle of the pane; brightness and contrast from -100 to 100; `at` is when it was chosen, in ms. */
export interface View {
  fit: boolean;
  scale: number;
  x: number;
  y: number;
  brightness: number;
  contrast: number;
  at: number;
}

/** Width and height. */
export type Size = readonly [width: number, height: number];

/** Where a picture is drawn in its pane, in CSS pixels: the pane is `wide` × `high`, `fitting` is the scale at which
 *  the whole picture fits it. */
export interface Placement {
  scale: number;
  fitting: number;
  wide: number;
  high: number;
  left: number;
  top: number;
}

/** What is told of a view that was drawn: `percent` of the screen's pixels, and the picture's size as drawn. */
export interface DrawnView extends Placement {
  percent: number;
  fit: boolean;
  neutral: boolean;
  width: number;
  height: number;
}

export interface Zoom {
  view: View;
  placement: () => Placement;
  render: () => void;
  panBy: (x: number, y: number) => boolean;
  zoomBy: (factor: number, x?: number, y?: number) => void;
  canZoom: (factor: number) => boolean;
  fit: () => void;
  showActualPixels: (x?: number, y?: number) => void;
  adjust: (brightness: number, contrast: number) => void;
  stop: Cleanup;
}

/** What the buttons and keys of one video, or of two at once, act on. */
export interface Playback {
  togglePlay: () => void;
  /** One frame on (1) or back (-1). */
  step: (direction: number) => Promise<void>;
}

/** The page of a stack that is drawn, from 1, and of how many from there on the maximum is. */
export interface PageWindow {
  page: number;
  window: number;
}

/** Which of several arrays of a file is drawn, "" for the usual one, which of its pages or slices, and between which
 *  percentiles, null for the usual ones. */
export interface StackView extends PageWindow {
  array: string;
  percentiles: Percentiles | null;
}

/** What was done to a picture that was converted: its size, and where its grey values were stretched, the values that
 *  became black (`bottom`) and white (`top`), and the percentiles that these are. */
export interface ConversionFacts {
  width: number;
  height: number;
  stretched: boolean;
  factor: number;
  pages: number;
  /** Of a TIFF: the first page that is drawn, from 0, and of how many the maximum is drawn. */
  first?: number;
  window?: number;
  /** Of a file with several arrays: which one is shown. */
  array?: string;
  /** Those that may be shown instead, where there are several: their names and descriptions. */
  arrays?: [name: string, description: string][];
  bits?: string;
  bottom?: number;
  top?: number;
  low?: number;
  high?: number;
  odd?: number;
}

/** What a request of ours gives: the response, or why there is none, as a sentence. */
export type Answer = { response: Response; reason?: undefined } | { response?: undefined; reason: string };

/** A number on a card: `address` gives the project's values of the same metric, and where the number lies among them. */
export interface ComparisonData {
  address: string;
  /** The metric's. */
  name: string;
}

/** One value of the same metric of another asset; `own` marks those of the same subject. */
export interface ComparedValue {
  number: number;
  status: Status;
  time: string | null;
  asset: string;
  own: boolean;
  href: string;
}

/** What the portal knows of other values by now. `scope` is which assets are compared, "" where that is not known. */
export interface ComparisonAnswer {
  scope: string;
  reading: boolean;
  /** The list of assets was not complete. */
  partial?: boolean;
  assets: number | null;
  read: number;
  error?: string | null;
  values: ComparedValue[];
  /** The lowest and highest value that are drawn to scale. */
  range: [low: number, high: number] | null;
  rule: string | null;
  limits: number[];
  subject: string | null;
  time: string | null;
  status: Status;
  /** The number in question; null where the metric has none now. */
  number: number | null;
  median?: number | null;
  rank?: string;
  hint?: string;
  unusual?: boolean;
}

/** The line below a figure; `address` lists the sessions with the same figure. */
export interface SessionsData {
  address: string;
  /** The name of the first metric of the figure. */
  metric: string;
  subject: string | null;
  project: string | null;
  /** The session whose figure is shown with the open one. */
  compared: ComparedSession | null;
  /** Links to the grids of the first metric. */
  grids: { text: string; href: string }[];
}

export interface ComparedSession {
  record: string;
  asset: string;
  day: string;
  status: Status;
  href: string;
  /** Why its figure is not shown, as the end of a sentence that begins with the asset's name. */
  problem: string | null;
}

/** One session with the same figure; `picture` is the address of a small one, `kind` what its file is. */
export interface Session {
  record: string;
  asset: string;
  subject: string | null;
  time: string | null;
  status: Status;
  /** Whether it is the open one. */
  this: boolean;
  href: string;
  picture: string | null;
  kind: string;
}

export interface SessionsAnswer {
  /** Which assets are listed, "" where the record does not say. */
  scope: string;
  reading: boolean;
  read?: number;
  assets?: number | null;
  error: string | null;
  /** By time. */
  sessions: Session[];
}

/** A metric in a grid; `title` tells it from the others. `picture` is the address of a small one, `note` what is stated in
 *  its place, in a word or two, and `reason` in a sentence. `large` is null for a kind of figure that the review shows. */
export interface GridTile {
  id: string;
  title: string;
  /** The subject and the day, where tiles of one title can be of several assets. */
  of: string;
  metric: string;
  day: string;
  asset: string;
  facts: string;
  value: string;
  href: string;
  picture: string | null;
  large: { kind: "picture" | "video"; address: string } | null;
  note: string;
  reason: string;
  /** The short reasons that a Fail of it can have, each with a digit as its key. */
  reasons: string[];
}

/** What the server has of a grid's tiles, by their ids: their statuses in the record, what the drafts make of them (""
 *  where they change something else), and why the last steps were not taken on some. `steps` are those it has taken. */
export interface GridServer {
  stored: Record<string, Status>;
  drafted: Record<string, Status>;
  /** The short reasons that the drafts give for a Fail. */
  reasons: Record<string, string[]>;
  changes: number;
  refused: Record<string, string>;
  /** Why nothing can be decided, "" where it can. */
  refusal: string;
  canUndo: boolean;
  canRedo: boolean;
  steps: [sitting: string, number: number];
}

/** `reason` is the number of a short reason, for the command "reason". */
export type GridStep = [
  number: number,
  command: "Pass" | "Fail" | "Pending" | "rest" | "reason" | "undo" | "redo" | Status,
  tiles: string[],
  reason?: number,
];

/** A tile's status, also before the server answered; `isChanged`: whether the draft changes it. */
export interface TileVerdict {
  status: Status;
  stored: Status;
  isChanged: boolean;
}
