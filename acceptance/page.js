// Look for faults in what a page shows of articles: `(selector) => [{kind, what}]`, kind "fault" or "note".
// The selector names the parts that hold results: the outputs of a notebook, the sections of a report.
(selector) => {
  const found = [];
  const fault = (what) => found.push({kind: "fault", what});
  const note = (what) => found.push({kind: "note", what});
  const ARABIC = /[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufeff]/g;
  const count = (text, letters) => (text.match(letters) || []).length;
  const isArabic = (text) => count(text, ARABIC) > 0 && count(text, ARABIC) >= count(text, /[A-Za-z]/g);
  const short = (text) => JSON.stringify(text.replace(/\s+/g, " ").trim().slice(0, 60));
  const styleOf = (element) => getComputedStyle(element);
  const near = 24; // pixels: padding, and the bar for scrolling

  const parts = [...document.querySelectorAll(selector)];
  for (const [n, part] of parts.entries()) {
    for (const table of part.querySelectorAll("table")) {
      const name = `table ${short(table.textContent)}`;
      const box = table.getBoundingClientRect();
      const frame = part.getBoundingClientRect();
      if (!box.width || !count(table.textContent, ARABIC)) continue;
      if (styleOf(table).direction !== "rtl") fault(`${name} runs from left to right`);
      if (Math.abs(box.right - frame.right) > near)
        fault(`${name} ends ${Math.round(frame.right - box.right)} pixels away from the right edge`);
      if (box.left < frame.left - 1)
        note(`${name} is too wide: ${Math.round(frame.left - box.left)} pixels at its left are seen by scrolling only`);
      const heads = [...table.querySelectorAll("thead th")];
      for (const head of heads)
        if (!["right", "start"].includes(styleOf(head).textAlign)) fault(`${name}: the heading ${short(head.textContent)} is not at the right`);
      const row = table.querySelector("tbody tr");
      if (row && row.cells.length > 1 && row.cells[0].getBoundingClientRect().left < row.cells[1].getBoundingClientRect().left)
        fault(`${name}: the first column is not at the right`);
    }

    const texts = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const node = texts.currentNode;
      const holder = node.parentElement;
      if (isArabic(node.data) && holder.getClientRects().length && styleOf(holder).direction !== "rtl")
        fault(`Arabic text runs from left to right: ${short(node.data)}`);
    }

    for (const block of [part, ...part.querySelectorAll("div, p, li, h1, h2, h3, h4, span")]) {
      const style = styleOf(block);
      const own = [...block.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
      if (!own || !["block", "list-item"].includes(style.display) || !isArabic(block.textContent)) continue;
      const atRight = style.textAlign === "right" || (style.textAlign === "start" && style.direction === "rtl");
      if (!atRight) fault(`Arabic text at the left: ${short(block.textContent)}`);
    }

    for (const cell of part.querySelectorAll("td, th, p, li, pre, figcaption")) {
      const hidden = ["hidden", "clip"].includes(styleOf(cell).overflowX);
      if (hidden && cell.scrollWidth > cell.clientWidth + 1) fault(`cut at its edge: ${short(cell.textContent)}`);
    }

    for (const picture of part.querySelectorAll("img")) {
      if (!picture.complete || !picture.naturalWidth) fault(`picture ${n + 1} is broken`);
      // JupyterLab leaves out the alternative text that a picture has in the notebook.
      else if (!(picture.alt || "").trim() && !picture.closest(".jp-RenderedImage")) fault(`picture ${n + 1} has no alternative text`);
      if (picture.getBoundingClientRect().width > part.getBoundingClientRect().width + 1)
        fault(`picture ${n + 1} is wider than its place`);
    }
  }
  return found;
}
