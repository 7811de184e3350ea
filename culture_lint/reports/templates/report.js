"use strict";
(() => {
  const byId = (id) => document.getElementById(id);
  const D = JSON.parse(byId("data").textContent);
  const TEXTS = JSON.parse(byId("texts").textContent);
  // What the page carries is not needed twice.
  byId("data").remove();
  byId("texts").remove();

  const PLURAL = new Intl.PluralRules(D.language);
  const WHOLE = new Intl.NumberFormat(D.language);
  const TENTH = new Intl.NumberFormat(D.language, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  // Items as the data has them; see pagedata.py.
  const PATH = 0, ID = 1, LINE = 2, TITLE = 3, LANGUAGE = 4, SCORES = 5, STATES = 6, FOUND = 7, ASIDES = 8, UNWRITTEN = 9;
  const READING = 0, MESSAGE = 1, FIELD = 2, ROW = 3, COLUMN = 4, BEFORE = 5, MATCH = 6, AFTER = 7, COSTS = 8;
  const UNJUDGED = -1, UNASKED = -2;
  const MARKETS_NAMED = 6, PRINTED = 40;

  function t(key, values) {
    let text = TEXTS[key];
    if (text === undefined) throw new Error("no text " + key);
    if (typeof text !== "string") text = text[PLURAL.select(values.n)] || text.other;
    if (!values) return text;
    return text.replace(/\{(\w+)\}/g, (_, name) => name === "n" ? WHOLE.format(values.n) : String(values[name]));
  }
  const named = (group, value) => typeof TEXTS[group + "." + value] === "string" ? TEXTS[group + "." + value] : value;
  const tenths = (value) => TENTH.format(value / 10);
  const letter = (value) => D.bands.find((one) => value >= one[0])[1];
  const nameOf = (market) => D.markets[market][1];
  const codeOf = (market) => D.markets[market][0];

  // Everything shown is set as text, never as markup.
  function make(tag, attributes, ...children) {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes || {})) {
      if (value === null || value === undefined || value === false) continue;
      if (name === "text") node.textContent = value;
      else if (name === "onclick") node.addEventListener("click", value);
      else node.setAttribute(name, value === true ? "" : value);
    }
    node.append(...children.filter((one) => one !== null && one !== undefined));
    return node;
  }
  const bdi = (text, attributes) => make("bdi", { ...attributes, text });

  // A sentence may begin with a word that was found: the most of its letters tell where it starts.
  const RIGHT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]/g;
  function side(text) {
    return (text.match(RIGHT) || []).length * 2 > (text.match(/\p{L}/gu) || []).length ? "rtl" : "ltr";
  }

  // -- theme ---------------------------------------------------------------------------------
  const theme = byId("theme");
  const THEMES = ["auto", "light", "dark"];
  let chosen = "auto";
  try { chosen = localStorage.getItem("culture-lint-theme") || "auto"; } catch { /* not from a file */ }
  function dress() {
    if (!THEMES.includes(chosen)) chosen = "auto";
    if (chosen === "auto") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = chosen;
    theme.textContent = t("theme." + chosen);
  }
  theme.addEventListener("click", () => {
    chosen = THEMES[(THEMES.indexOf(chosen) + 1) % THEMES.length];
    try { localStorage.setItem("culture-lint-theme", chosen); } catch { /* lasts for this visit */ }
    dress();
  });
  theme.hidden = false;
  dress();

  // -- the items that are shown ----------------------------------------------------------------
  const setsWith = D.sets.map((one) => new Set(one));
  const inputs = { text: byId("f-text"), market: byId("f-market"), severity: byId("f-severity"), category: byId("f-category"), rule: byId("f-rule") };
  const words = new Array(D.items.length);
  const state = { market: -1, columns: [], shown: [], sort: "worst", down: false };

  const scoresOf = (number) => D.scores[D.items[number][SCORES]];
  const worstOf = D.scores.map((row) => {
    let least = 2000;
    for (const cai of row) if (cai >= 0 && cai < least) least = cai;
    return least < 2000 ? least : row.includes(UNJUDGED) ? UNJUDGED : UNASKED;
  });
  function scoreOf(number, market) {
    const row = D.items[number][SCORES];
    return market < 0 ? worstOf[row] : D.scores[row][market];
  }
  // The severity of a finding in a market (-1: the gravest), -1 where it does not count.
  function severityOf(found, market) {
    const costs = found[COSTS];
    let rank = -1;
    for (let at = 0; at < costs.length; at += 4) {
      if (costs[at + 3] > rank && (market < 0 || setsWith[costs[at]].has(market))) rank = costs[at + 3];
    }
    return rank;
  }
  function amountIn(found, market, part) {
    const costs = found[COSTS];
    let most = 0;
    for (let at = 0; at < costs.length; at += 4) {
      if (market < 0 || setsWith[costs[at]].has(market)) most = Math.max(most, costs[at + part]);
    }
    return most;
  }
  function countIn(number, market) {
    const found = D.items[number][FOUND];
    const more = D.items[number][UNWRITTEN] || 0;
    return market < 0 ? found.length + more : found.filter((one) => severityOf(one, market) >= 0).length;
  }
  function wordsOf(number) {
    if (words[number] === undefined) {
      const item = D.items[number];
      const parts = [D.paths[item[PATH]], item[ID], item[TITLE]];
      for (const one of item[FOUND]) {
        const reading = D.readings[one[READING]];
        parts.push(one[BEFORE] + one[MATCH] + one[AFTER], D.texts[one[MESSAGE]], reading.r, reading.d);
      }
      words[number] = parts.join("\n").toLowerCase();
    }
    return words[number];
  }

  function select() {
    const sought = inputs.text.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    const severity = Number(inputs.severity.value);
    const category = inputs.category.value;
    const rule = inputs.rule.value.trim().toLowerCase();
    const market = state.market;
    const exact = D.readings.some((one) => one.r.toLowerCase() === rule);
    const fits = D.readings.map((one) => (!category || one.c === category)
      && (!rule || (exact ? one.r.toLowerCase() === rule : one.r.toLowerCase().includes(rule))));
    const narrow = severity >= 0 || category || rule;
    const shown = [];
    for (let number = 0; number < D.items.length; number++) {
      if (market >= 0 && scoreOf(number, market) === UNASKED) continue;
      if (narrow && !D.items[number][FOUND].some((one) => fits[one[READING]] && severityOf(one, market) >= Math.max(severity, 0))) continue;
      if (sought.length && !sought.every((one) => wordsOf(number).includes(one))) continue;
      shown.push(number);
    }
    state.shown = shown;
    order();
  }

  function order() {
    const { sort, down, market } = state;
    const sign = down ? -1 : 1;
    if (sort === "item") {
      state.shown.sort((one, other) => sign * (one - other));
    } else {
      const key = new Float64Array(D.items.length);
      for (const number of state.shown) {
        const value = sort === "count" ? countIn(number, market) : scoreOf(number, sort === "worst" ? market : sort);
        key[number] = value === UNJUDGED ? 1500 : value === UNASKED ? 1600 : value;
      }
      // What has no score stays at the end whichever way it goes.
      state.shown.sort((one, other) => {
        const a = key[one], b = key[other];
        if (sort !== "count" && (a > 1000 || b > 1000) && a !== b) return a - b;
        return sign * (a - b) || countIn(other, market) - countIn(one, market) || one - other;
      });
    }
    const all = D.items.length;
    byId("count").textContent = state.shown.length === all ? t("items.all", { n: all })
      : t("items.some", { n: state.shown.length, total: WHOLE.format(all) });
    scroller.scrollTop = 0;
    cursor.row = 0;
    draw();
  }

  // -- the table: only the rows in sight are there ----------------------------------------------
  const scroller = byId("scroller"), grid = byId("grid"), heads = byId("heads"), rows = byId("rows");
  const above = byId("above").rows[0], below = byId("below").rows[0];
  const cursor = { row: 0, column: 0 };
  let height = 48;

  function columns() {
    state.columns = state.market >= 0 ? [state.market] : D.order;
    const before = state.columns.length > 1 ? [["item", t("column.item")], ["worst", t("column.worst")], ["count", t("column.findings")]]
      : [["item", t("column.item")], ["count", t("column.findings")]];
    const all = [...before, ...state.columns.map((one) => [one, nameOf(one)])];
    byId("columns").replaceChildren(...all.map(([key]) => make("col", { class: "c-" + (typeof key === "number" ? "market" : key) })));
    heads.replaceChildren(...all.map(([key, name], at) => {
      const button = make("button", { type: "button", onclick: () => sortBy(key) }, bdi(name));
      return make("th", { scope: "col", role: "columnheader", "aria-colindex": at + 1 }, button);
    }));
    state.keys = all.map(([key]) => key);
    grid.setAttribute("aria-colcount", all.length);
    for (const part of [above, below]) part.cells[0].colSpan = all.length;
    fit();
    if (!state.keys.includes(state.sort)) state.sort = state.keys.includes("worst") ? "worst" : state.market;
    cursor.column = Math.min(cursor.column, all.length - 1);
    mark();
  }
  // A fixed layout needs a width, or columns shrink to share what there is.
  function fit() {
    const widths = [...byId("columns").children].map((one) => parseFloat(getComputedStyle(one).width));
    grid.style.width = widths.reduce((sum, one) => sum + one, 0) + "px";
  }
  function mark() {
    state.keys.forEach((key, at) => {
      const sorted = key === state.sort;
      heads.cells[at].setAttribute("aria-sort", sorted ? (state.down ? "descending" : "ascending") : "none");
    });
  }
  function sortBy(key) {
    if (state.sort === key) state.down = !state.down;
    else { state.sort = key; state.down = key === "count"; }
    mark();
    order();
  }

  function cell(number, key) {
    if (key === "count") {
      const count = countIn(number, state.market);
      return make("td", { role: "gridcell", text: count ? WHOLE.format(count) : "–" });
    }
    const cai = scoreOf(number, key === "worst" ? -1 : key);
    const where = key === "worst" ? t("column.worst") : nameOf(key);
    if (cai < 0) {
      const why = t(cai === UNJUDGED ? "cell.unjudged" : "cell.unasked");
      return make("td", { role: "gridcell", "aria-label": where + ": " + why, title: why, text: cai === UNJUDGED ? "?" : "" });
    }
    const band = letter(cai);
    const node = make("td", {
      role: "gridcell", class: (cai === 1000 ? "whole" : "band-" + band) + (key === "worst" ? " worst" : ""),
      "aria-label": t("cell.cai", { market: where, cai: tenths(cai), band }),
    });
    if (cai === 1000) node.textContent = WHOLE.format(100);
    else node.append(tenths(cai) + " ", make("b", { text: band }));
    return node;
  }
  // An item without a title is known by what was found in it first, else by its id.
  function titleOf(item) {
    const first = item[FOUND][0];
    return item[TITLE] || (first ? first[BEFORE] + first[MATCH] + first[AFTER] : "") || item[ID];
  }
  const tail = (path) => path.split(/[\\/]/).slice(-2).join("/");
  function row(number, at) {
    const item = D.items[number];
    const title = titleOf(item), path = D.paths[item[PATH]];
    const known = item[TITLE] ? item[ID] : title === item[ID] ? tail(path) : item[ID] + " · " + tail(path);
    const head = make("th", { scope: "row", role: "rowheader" },
      bdi(title, { dir: "auto", lang: item[LANGUAGE] || null, title }),
      make("span", { class: "code", title: path }, bdi(known)));
    const node = make("tr", { role: "row", "aria-rowindex": at + 2 }, head);
    for (const key of state.keys.slice(1)) node.append(cell(number, key));
    [...node.cells].forEach((one, column) => {
      one.setAttribute("aria-colindex", column + 1);
      one.tabIndex = at === cursor.row && column === cursor.column ? 0 : -1;
    });
    node.dataset.at = at;
    return node;
  }

  let drawn = [-1, -1];
  function draw(focus) {
    const count = state.shown.length;
    grid.setAttribute("aria-rowcount", count + 1);
    const first = Math.max(0, Math.floor(scroller.scrollTop / height) - 4);
    const last = Math.min(count, first + Math.ceil(scroller.clientHeight / height) + 9);
    const held = focus || rows.contains(document.activeElement);
    above.style.height = first * height + "px";
    below.style.height = Math.max(0, count - last) * height + "px";
    above.parentElement.hidden = first === 0;
    below.parentElement.hidden = last >= count;
    const made = [];
    for (let at = first; at < last; at++) made.push(row(state.shown[at], at));
    if (!count) made.push(make("tr", { role: "row" }, make("td", { role: "gridcell", class: "nothing", colspan: state.keys.length, tabindex: 0, text: t(D.items.length ? "items.none" : "items.empty") })));
    rows.replaceChildren(...made);
    drawn = [first, last];
    if (made.length && count && !rows.querySelector('[tabindex="0"]')) rows.rows[0].cells[0].tabIndex = 0;
    if (held && count) {
      const node = at(cursor.row, cursor.column);
      if (node) node.focus({ preventScroll: true });
      else grid.focus({ preventScroll: true });
    }
  }
  const at = (line, column) => line >= drawn[0] && line < drawn[1] && rows.rows[line - drawn[0]] ? rows.rows[line - drawn[0]].cells[column] : null;

  let waiting = false;
  scroller.addEventListener("scroll", () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      const first = Math.max(0, Math.floor(scroller.scrollTop / height) - 4);
      if (first !== drawn[0]) draw();
    });
  }, { passive: true });
  addEventListener("resize", () => { fit(); draw(); });

  function go(line, column) {
    cursor.row = Math.max(0, Math.min(state.shown.length - 1, line));
    cursor.column = Math.max(0, Math.min(state.keys.length - 1, column));
    const head = grid.tHead.offsetHeight;
    const top = cursor.row * height;
    if (top < scroller.scrollTop) scroller.scrollTop = top;
    else if (top + height + head > scroller.scrollTop + scroller.clientHeight) scroller.scrollTop = top + height + head - scroller.clientHeight + 4;
    draw(true);
    const node = at(cursor.row, cursor.column);
    if (node && cursor.column > 0) reveal(node);
    else if (node) scroller.scrollLeft = 0;
  }
  // Bring a cell out from under the column that stays.
  function reveal(node) {
    const box = node.getBoundingClientRect(), frame = scroller.getBoundingClientRect();
    const fixed = rows.rows[0].cells[0].offsetWidth;
    const rtl = getComputedStyle(grid).direction === "rtl";
    const left = frame.left + (rtl ? 0 : fixed), right = frame.right - (rtl ? fixed : 0);
    if (box.left < left) scroller.scrollLeft -= left - box.left;
    else if (box.right > right) scroller.scrollLeft += box.right - right + 16;
  }
  rows.addEventListener("keydown", (event) => {
    if (event.ctrlKey && !["Home", "End"].includes(event.key) || event.altKey || event.metaKey || !state.shown.length) return;
    const page = Math.max(1, Math.floor(scroller.clientHeight / height) - 2);
    const ahead = getComputedStyle(grid).direction === "rtl" ? -1 : 1;
    const { row: line, column } = cursor;
    if (event.key === "ArrowDown") go(line + 1, column);
    else if (event.key === "ArrowUp") go(line - 1, column);
    else if (event.key === "ArrowRight") go(line, column + ahead);
    else if (event.key === "ArrowLeft") go(line, column - ahead);
    else if (event.key === "PageDown") go(line + page, column);
    else if (event.key === "PageUp") go(line - page, column);
    else if (event.key === "Home") go(event.ctrlKey ? 0 : line, 0);
    else if (event.key === "End") go(event.ctrlKey ? state.shown.length - 1 : line, state.keys.length - 1);
    else if (event.key === "Enter" || event.key === " ") openAt(line, column);
    else return;
    event.preventDefault();
  });
  rows.addEventListener("click", (event) => {
    const node = event.target.closest("th, td"), line = event.target.closest("tr");
    if (!node || line.dataset.at === undefined) return;
    cursor.row = Number(line.dataset.at);
    cursor.column = node.cellIndex;
    openAt(cursor.row, cursor.column);
  });

  // -- one item ----------------------------------------------------------------------------------
  const detail = byId("detail"), body = byId("d-body"), said = byId("d-said");
  let open = { at: 0, market: -1 };

  function openAt(line, column) {
    const key = state.keys[column];
    show(line, typeof key === "number" ? key : state.market);
  }
  function show(line, market) {
    open = { at: line, market };
    const number = state.shown[line];
    const asked = scoreOf(number, market) === UNASKED ? -1 : market;
    open.market = asked;
    body.replaceChildren(article(number, asked, "detail-title", (other) => show(line, other)));
    body.scrollTop = 0;
    said.textContent = "";
    byId("d-before").disabled = line <= 0;
    byId("d-after").disabled = line >= state.shown.length - 1;
    if (!detail.open) { detail.showModal(); body.focus(); }
  }
  byId("d-before").addEventListener("click", () => show(open.at - 1, open.market));
  byId("d-after").addEventListener("click", () => show(open.at + 1, open.market));
  byId("d-close").addEventListener("click", () => detail.close());
  detail.addEventListener("click", (event) => {
    if (event.target === detail) detail.close();
  });
  detail.addEventListener("close", () => {
    if (state.shown.length) go(open.at, cursor.column);
  });

  // An item with all that was found in it; with `choose`, its markets can be chosen.
  function article(number, market, id, choose) {
    const item = D.items[number];
    const node = make("article", { class: "detail" });
    node.append(
      make("h2", { id, dir: "auto", lang: item[LANGUAGE] || null, text: item[TITLE] || item[ID] }),
      make("p", { class: "code" }, bdi(item[ID]), " · ", bdi(D.paths[item[PATH]] + ":" + item[LINE]),
        item[LANGUAGE] ? " · " + item[LANGUAGE] : ""),
      chips(number, market, choose));
    for (const [text, markets] of item[STATES] >= 0 ? D.states[item[STATES]] : []) {
      node.append(make("p", { class: "warning" }, make("span", { lang: "en", dir: "auto", text }), " (", bdi(marketNames(markets)), ")"));
    }
    const found = item[FOUND].filter((one) => severityOf(one, market) >= 0);
    for (const group of groups(found, market)) node.append(findings(group, market, item[LANGUAGE], choose !== undefined));
    if (!found.length) node.append(make("p", { class: "nothing", text: t(scoreOf(number, market) >= 0 ? "detail.clean" : "detail.unjudged") }));
    if (item[UNWRITTEN]) node.append(make("p", { class: "warning", text: t("detail.unwritten", { n: item[UNWRITTEN] }) }));
    node.append(...asides(item, market));
    return node;
  }
  const inOrder = (markets) => { const kept = new Set(markets); return D.order.filter((one) => kept.has(one)); };
  function marketNames(markets) {
    const ordered = inOrder(markets);
    const few = ordered.slice(0, MARKETS_NAMED).map(nameOf).join(t("list.comma"));
    return ordered.length > MARKETS_NAMED ? few + t("list.more", { n: ordered.length - MARKETS_NAMED }) : few;
  }
  function chips(number, market, choose) {
    const row = scoresOf(number);
    const list = make("ul", { class: "chips", "aria-label": t("detail.markets") });
    const low = D.order.filter((one) => row[one] >= 0 && row[one] < 1000).sort((one, other) => row[one] - row[other]);
    const whole = D.order.filter((one) => row[one] === 1000);
    const shown = whole.length <= MARKETS_NAMED ? [...low, ...whole] : low;
    const badge = (one) => make("span", { class: "cai band-" + letter(row[one]), text: tenths(row[one]) + " " + letter(row[one]) });
    if (choose && shown.length > 1) {
      list.append(make("li", {}, make("button", { type: "button", class: "chip plain", "aria-pressed": String(market < 0), onclick: () => choose(-1), text: t("filter.all") })));
    }
    for (const one of shown) {
      list.append(make("li", {}, choose
        ? make("button", { type: "button", class: "chip", "aria-pressed": String(one === market || shown.length === 1), onclick: () => choose(one) }, bdi(nameOf(one)), badge(one))
        : make("span", { class: "chip" }, bdi(nameOf(one)), badge(one))));
    }
    if (shown.length < low.length + whole.length) {
      list.append(make("li", {}, make("span", { class: "chip plain", text: t("detail.whole", { n: whole.length }) })));
    }
    return list;
  }
  // Readings of several markets that say the same of the same sign are told once.
  function groups(found, market) {
    const kept = new Map();
    for (const one of found) {
      const reading = D.readings[one[READING]];
      const key = reading.d + "\n" + reading.c;
      if (!kept.has(key)) kept.set(key, []);
      kept.get(key).push(one);
    }
    const gravity = (group) => Math.max(...group.map((one) => severityOf(one, market)));
    const gain = (group) => Math.max(...group.map((one) => amountIn(one, market, 2)));
    return [...kept.values()].sort((one, other) => gravity(other) - gravity(one) || gain(other) - gain(one));
  }
  function costText(found, market) {
    const costs = found[COSTS], parts = [];
    for (let at = 0; at < costs.length; at += 4) {
      const markets = market < 0 ? D.sets[costs[at]] : setsWith[costs[at]].has(market) ? [market] : [];
      if (!markets.length) continue;
      const values = { points: tenths(costs[at + 1]), gain: tenths(costs[at + 2]), markets: marketNames(markets) };
      parts.push(t(costs[at + 1] ? "detail.cost" : "detail.free", values));
    }
    return parts.join(t("list.semicolon"));
  }
  function findings(group, market, language, copies) {
    const severity = D.severities[Math.max(...group.map((one) => severityOf(one, market)))];
    const first = group.reduce((best, one) => amountIn(one, market, 2) > amountIn(best, market, 2) ? one : best);
    const reading = D.readings[first[READING]];
    const node = make("section", { class: "finding" });
    node.append(make("header", {},
      make("h3", { lang: "en", dir: side(D.texts[first[MESSAGE]]), text: D.texts[first[MESSAGE]] }),
      make("div", { class: "tags" }, make("span", { class: "severity " + severity, text: named("severity", severity) }), make("span", { class: "code", text: named("category", reading.c) }))));
    const places = new Map();
    for (const one of group) {
      const key = [one[FIELD], one[ROW], one[COLUMN], one[MATCH]].join("\n");
      if (!places.has(key)) places.set(key, []);
      places.get(key).push(one);
    }
    for (const same of places.values()) {
      const one = same[0];
      // The heading speaks for its own rule; another rule's sign may be a different one.
      const headed = same.some((two) => D.readings[two[READING]].r === reading.r);
      const message = D.texts[one[MESSAGE]];
      node.append(make("div", { class: "passage" },
        headed ? null : make("p", { class: "other", lang: "en", dir: side(message), text: message }),
        make("blockquote", { dir: "auto", lang: language || null }, one[BEFORE], make("mark", {}, bdi(one[MATCH])), one[AFTER]),
        make("p", {}, bdi(D.texts[one[FIELD]]), " " + one[ROW] + ":" + one[COLUMN]),
        ...same.map((two) => make("p", { class: "cost" }, bdi(costText(two, market))))));
    }
    node.append(make("h4", { text: t("detail.meaning") }), make("p", { lang: "en", dir: side(reading.d), text: reading.d }));
    if (reading.p.length) node.append(make("p", { class: "code" }, bdi(reading.p.join(" → "))));
    node.append(...instead(group, copies), ...authority(group));
    return node;
  }
  function instead(group, copies) {
    const said = new Map(), advice = new Set();
    for (const one of group) {
      const reading = D.readings[one[READING]];
      for (const say of reading.a) said.set(say[0] + "\n" + say[1], say);
      if (reading.w) advice.add(reading.w);
    }
    if (!said.size && !advice.size) return [];
    const list = make("ul");
    for (const [text, language, keeps, note] of said.values()) {
      const why = [keeps.length ? t("detail.keeps", { words: keeps.join(t("list.comma")) }) : "", note].filter(Boolean).join(" · ");
      list.append(make("li", { class: "say" },
        make("span", {}, make("b", { dir: "auto", lang: language, text }), " ", make("span", { class: "code", lang: "en", dir: "auto", text: why })),
        copies ? make("button", { type: "button", class: "quiet", "aria-label": t("copy.label", { text }), onclick: (event) => copy(text, event.currentTarget), text: t("copy") }) : null));
    }
    const parts = [make("h4", { text: t("detail.instead") })];
    if (said.size) parts.push(list);
    for (const text of advice) parts.push(make("p", { lang: "en", dir: side(text), text }));
    return parts;
  }
  function authority(group) {
    const list = make("ul", { class: "authority" });
    const rules = new Map();
    for (const one of group) rules.set(D.readings[one[READING]].r, one);
    for (const [rule, one] of rules) {
      const reading = D.readings[one[READING]];
      const entry = make("li", {}, make("b", { text: named("evidence", reading.k) }), " ",
        make("span", { class: "code", text: t(reading.v ? "detail.verified" : "detail.unverified") }));
      for (const [title, url, cite, read] of reading.e) {
        const name = title || cite || url;
        const link = /^https?:\/\//i.test(url)
          ? make("a", { href: url, target: "_blank", rel: "noopener noreferrer", lang: "en", dir: "auto", text: name })
          : make("span", { lang: "en", dir: "auto", text: name });
        entry.append(make("br"), link, cite && cite !== name ? make("span", { lang: "en", text: " (" + cite + ")" }) : "", read ? " " : "", read ? make("span", { class: "code", text: t("detail.read", { date: read }) }) : "");
      }
      entry.append(make("br"), make("span", { class: "code" }, bdi(rule), reading.x ? "" : " · " + t("detail.firm")));
      list.append(entry);
    }
    return [make("h4", { text: t("detail.authority") }), list];
  }
  function asides(item, market) {
    const parts = [];
    for (const kind of ["welcome", "suppressed", "baselined"]) {
      const some = (item[ASIDES] || []).filter((one) => one[5] === kind && (market < 0 || setsWith[one[4]].has(market)));
      if (!some.length) continue;
      const list = make("ul");
      for (const [reading, before, match, after, markets, , why] of some) {
        list.append(make("li", {}, bdi(before), make("mark", {}, bdi(match)), bdi(after), make("br"),
          make("span", { class: "hint", lang: "en", dir: "auto", text: D.readings[reading].d }), " ",
          make("span", { class: "code" }, bdi(D.readings[reading].r), " · ", bdi(marketNames(D.sets[markets])), why ? " · " : "", why ? bdi(why) : "")));
      }
      parts.push(make("details", { class: "asides" }, make("summary", { text: t("aside." + kind, { n: some.length }) }), list));
    }
    return parts;
  }

  async function copy(text, button) {
    let done = false;
    try {
      await navigator.clipboard.writeText(text);
      done = true;
    } catch {
      const box = make("textarea", { class: "hidden", "aria-hidden": "true" });
      box.value = text;
      button.after(box);
      box.select();
      done = document.execCommand("copy");
      box.remove();
      button.focus();
    }
    button.textContent = t(done ? "copy.done" : "copy.failed");
    said.textContent = t(done ? "copy.said" : "copy.failed", { text });
    setTimeout(() => { button.textContent = t("copy"); }, 2000);
  }

  // -- filters -----------------------------------------------------------------------------------
  function options(node, values) {
    for (const [value, text] of values) node.append(make("option", { value, text }));
  }
  options(inputs.market, D.order.map((one) => [String(one), nameOf(one) === codeOf(one) ? codeOf(one) : nameOf(one) + " (" + codeOf(one) + ")"]));
  const categories = [...new Set(D.readings.map((one) => one.c))];
  options(inputs.category, categories.map((one) => [one, named("category", one)]).sort((one, other) => one[1].localeCompare(other[1], D.language)));
  options(byId("rules"), [...new Set(D.readings.map((one) => one.r))].sort().map((one) => [one, ""]));
  function market(value) {
    state.market = value;
    columns();
    if (value >= 0 && state.sort === "worst") { state.sort = value; mark(); }
  }
  let pause = 0;
  for (const [name, node] of Object.entries(inputs)) {
    node.addEventListener("input", () => {
      clearTimeout(pause);
      if (name === "market") market(node.value === "" ? -1 : Number(node.value));
      if (node.tagName === "SELECT") select();
      else pause = setTimeout(select, 150);
    });
  }
  byId("filters").addEventListener("submit", (event) => event.preventDefault());
  function clear() {
    clearTimeout(pause);
    inputs.text.value = inputs.rule.value = inputs.market.value = inputs.category.value = "";
    inputs.severity.value = "-1";
    market(-1);
  }
  byId("f-all").addEventListener("click", () => { clear(); select(); });
  document.addEventListener("click", (event) => {
    const button = event.target.closest(".pick");
    if (!button) return;
    clear();
    if (button.dataset.rule !== undefined) {
      inputs.rule.value = button.dataset.rule;
    } else {
      const wanted = D.markets.findIndex((one) => one[0] === button.dataset.market);
      inputs.market.value = String(wanted);
      market(wanted);
    }
    select();
    byId("items").focus();
    byId("items").scrollIntoView();
  });

  // -- paper: the worst of what is shown, written out --------------------------------------------
  const paper = byId("paper");
  addEventListener("beforeprint", () => {
    const some = state.shown.slice(0, PRINTED).filter((number) => countIn(number, state.market));
    paper.replaceChildren(
      make("p", { class: "hint", text: t("paper", { n: some.length, total: WHOLE.format(state.shown.length) }) }),
      ...some.map((number) => article(number, state.market, null)));
  });
  addEventListener("afterprint", () => paper.replaceChildren());

  byId("unscripted").remove();
  byId("filters").hidden = scroller.hidden = byId("keys").hidden = !D.items.length;
  for (const one of document.querySelectorAll(".pick")) one.disabled = !D.items.length;
  market(-1);
  select();
  if (rows.rows[0]) {
    height = rows.rows[0].getBoundingClientRect().height || height;
    draw();
  }
})();
