/** Words of the page, in Chinese and English. */
import labels from "./labels.json" with { type: "json" };

const WORDS = {
  search: ["搜索姓名、机构、拼音、简称…", "Search a name, pinyin or short form…"],
  results: ["个结果", "results"],
  noResults: ["没有找到", "Nothing found"],
  filters: ["筛选", "Filters"],
  legend: ["类型", "Types"],
  relations: ["关系", "Relations"],
  eventKinds: ["事件类别", "Kinds of event"],
  dates: ["日期", "Dates"],
  from: ["从", "From"],
  to: ["到", "To"],
  place: ["地点", "Place"],
  anyPlace: ["不限地点", "Any place"],
  show: ["显示", "Show"],
  isolated: ["没有关系的条目", "Entries without relations"],
  candidates: ["待核实的关系", "Unconfirmed relations"],
  bylines: ["记者署名", "Bylines"],
  reset: ["清除筛选", "Reset filters"],
  all: ["全选", "All"],
  none: ["全不选", "None"],
  graph: ["图谱", "Graph"],
  table: ["表格", "Table"],
  map: ["地图", "Map"],
  zoomIn: ["放大", "Zoom in"],
  zoomOut: ["缩小", "Zoom out"],
  fit: ["全图", "Fit"],
  close: ["关闭", "Close"],
  details: ["详情", "Details"],
  hint: ["点一个节点看它是谁、做过什么；点一条线看原文怎么说。", "Click a node to see who it is; click a line to read the sentences that say so."],
  overview: ["概览", "Overview"],
  aliases: ["又作", "Also"],
  merged: ["合并依据", "Why merged"],
  articles: ["报道", "Articles"],
  context: ["看原文", "In context"],
  back: ["返回", "Back"],
  noDate: ["日期未详", "no date"],
  candidate: ["待核实", "unconfirmed"],
  inferred: ["推断", "inferred"],
  confidence: ["可信度", "confidence"],
  focus: ["只看它周围", "Ego view"],
  depth: ["层", "steps"],
  leaveEgo: ["看全部", "Whole graph"],
  pathFrom: ["从这里找路径", "Path from here"],
  pathPick: ["再选一个终点", "Now pick the other end"],
  path: ["最短路径", "Shortest path"],
  pathSwap: ["清除路径", "Clear path"],
  noPath: ["两者之间没有路径（在当前筛选下）", "No path between them (with these filters)"],
  steps: ["步", "steps"],
  export: ["导出", "Export"],
  png: ["PNG 图片", "PNG image"],
  svg: ["SVG 矢量图", "SVG drawing"],
  csv: ["复制为 CSV", "Copy as CSV"],
  copied: ["已复制", "Copied"],
  copyFailed: ["无法复制：请手动选择", "Could not copy: select by hand"],
  link: ["复制链接", "Copy link"],
  print: ["打印", "Print"],
  subject: ["主体", "Subject"],
  relation: ["关系", "Relation"],
  object: ["对象", "Object"],
  date: ["日期", "Date"],
  evidence: ["原文", "Sentence"],
  article: ["报道", "Article"],
  rowsShown: ["行", "rows"],
  nodes: ["个节点", "nodes"],
  edges: ["条关系", "relations"],
  shown: ["显示", "showing"],
  posts: ["任职", "Posts"],
  timeline: ["时间线", "Timeline"],
  language: ["English", "中文"],
  more: ["显示更多", "Show more"],
  community: ["群组", "Community"],
  communities: ["群组", "Communities"],
  fold: ["全部折叠", "Fold all"],
  unfold: ["全部展开", "Unfold all"],
  unfoldOne: ["展开", "Unfold"],
  and: ["等", "and"],
  members: ["个成员", "members"],
  partOf: ["只含最重要的节点，全图共", "the most important nodes of"],
  loading: ["正在读取原文…", "Reading the articles…"],
  moreSentences: ["另有未收入本页的原文", "More sentences, not in this page"],
  placed: ["个地点在图上", "places on the map"],
  unplaced: ["个没有坐标", "without coordinates"],
  mapSource: ["省界轮廓：Apache ECharts", "Outlines: Apache ECharts"],
  elided: ["……", "…"],
  colon: ["：", ": "],
  comma: ["、", ", "],
  mapEmpty: ["没有可以定位的地点", "No place here has coordinates"],
  broken: ["这一页的数据读不出来", "The data of this page cannot be read"],
  graphLabel: ["关系图。方向键在相邻节点间移动，回车打开，加号减号缩放。", "Relation graph. Arrow keys move between neighbours, Enter opens, plus and minus zoom."],
};

let language = "zh";

/** @param {"zh"|"en"} code */
export function setLanguage(code) {
  language = code === "en" ? "en" : "zh";
}

export function currentLanguage() {
  return language;
}

/** Words of the page itself. */
export function t(key) {
  const words = WORDS[key];
  if (!words) throw new Error(`no words for ${key}`);
  return words[language === "en" ? 1 : 0];
}

/** Words for a code of `labels.json`; the code itself where the table has none. */
export function label(group, code) {
  const words = labels[group]?.[code];
  return words ? words[language] : group === "relations" ? code.slice(code.indexOf("/") + 1) : code;
}

/** What an edge is called: the title of a post, else its relation. The counterpart of `network._add_edge`. */
export function edgeLabel(kind, detail) {
  const relation = kind.split("/")[0];
  const words = label("relations", kind);
  const gap = language === "en" ? " " : "";
  if (relation === "position" && detail) return kind === "position" ? detail : words + gap + detail;
  if (relation === "appointment" && detail) return words + gap + detail;
  if (relation === "byline" && detail) return label("bylines", detail);
  return words;
}
