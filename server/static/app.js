// Progress of long work as it comes, and days in the reader's own time zone. Everything works without this file.
"use strict";

const csrf = document.querySelector('meta[name="csrf"]')?.content ?? "";

function watch(place) {
  const bar = place.querySelector("[data-bar]");
  const said = place.querySelector("[data-progress]");
  const source = new EventSource(place.dataset.job + "/events");
  source.addEventListener("file", (event) => {
    const told = JSON.parse(event.data);
    if (bar) { bar.max = told.of; bar.value = told.done; }
    if (said) said.textContent = `${told.done} of ${told.of} files`;
  });
  source.addEventListener("step", (event) => {
    const told = JSON.parse(event.data);
    if (bar && told.of) { bar.max = told.of; bar.value = told.done; }
    if (said) said.textContent = told.text;
  });
  const worded = place.querySelector("[data-worded]");
  if (worded) worded.replaceChildren(); // the stream tells all of it again
  source.addEventListener("worded", (event) => {
    const line = document.createElement("li");
    line.className = "line suggestion";
    line.textContent = JSON.parse(event.data).text;
    worded?.append(line);
  });
  // Refused: signed out meanwhile (an erasure of oneself does that), or the server was started anew. Look again soon.
  source.addEventListener("error", () => {
    if (source.readyState === EventSource.CLOSED && "reload" in place.dataset) setTimeout(() => location.reload(), 1500);
  });
  source.addEventListener("end", (event) => {
    source.close();
    const job = JSON.parse(event.data);
    if (job.problem && said) { said.textContent = job.problem; said.setAttribute("role", "alert"); }
    if ("reload" in place.dataset) location.reload();
    if (place.dataset.then && !job.problem) location.assign(place.dataset.then);
  });
}

for (const place of document.querySelectorAll("[data-job]")) watch(place);

for (const time of document.querySelectorAll("time[data-instant]")) {
  const at = new Date(time.dateTime);
  if (!Number.isNaN(at.getTime())) time.textContent = at.toLocaleString([], { dateStyle: "medium", timeStyle: "short" });
}

for (const button of document.querySelectorAll("button[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

for (const button of document.querySelectorAll("button[data-copy]")) {
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copy);
    const before = button.textContent;
    button.textContent = "Copied";
    setTimeout(() => { button.textContent = before; }, 1500);
  });
}
