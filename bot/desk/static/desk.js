// Looks at the page again every few seconds, so that clocks and cases are those of now. Everything works without it.
"use strict";

const EVERY = 2000;

function same(one, other) {
  return one.innerHTML === other.innerHTML;
}

function renew(fresh) {
  for (const old of document.querySelectorAll("[data-live]")) {
    const now = fresh.getElementById(old.id);
    if (now && old.textContent !== now.textContent) old.textContent = now.textContent;
  }
  for (const old of document.querySelectorAll("[data-refresh]")) {
    const now = fresh.getElementById(old.id);
    if (now && !same(old, now) && !old.contains(document.activeElement)) {
      old.replaceWith(document.adoptNode(now));
    }
  }
}

async function look() {
  if (document.hidden) return;
  let answer;
  try {
    answer = await fetch(location.href, { headers: { "X-Again": "1" }, cache: "no-store" });
  } catch {
    return;
  }
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (fresh.querySelector("[data-refresh]")) renew(fresh);
  else location.reload();
}

if (document.querySelector("[data-refresh]")) setInterval(look, EVERY);
