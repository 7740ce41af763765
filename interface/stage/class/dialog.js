// The dialog of the class: to open one or to join one, and then its code, large enough for the last row.

import { dialog } from "../dom/dialog.js";
import { make } from "../dom/dom.js";
import { check, field, push, saying } from "../dom/form.js";
import { ALONE, forOthers, local, scan } from "../save/tab-link.js";
import { codeOf } from "./member.js";

/** @import { Class } from "./class.js" */
/** @typedef {{ open(): Promise<void>, join(code: string): void, follow(on: boolean): void, leave(): void }} Does */
/** @typedef {ReturnType<typeof saying>} Saying */

const WHAT =
  "Students open this page by a code and see what you show. In a lesson each of them answers on their own device, " +
  "and the run is started for all. No names are asked for, and two hours after its last use nothing is left of it.";
const STUDENT = "You see what your lecturer shows. Answer on this device; the run is started for all.";
const NO_CODE = "A code has four letters or digits, as on your lecturer's screen.";

/** @param {Class} state @param {Does} does */
export function classDialog(state, does) {
  const said = saying();
  const content = make("div", { class: "take-page class-page" });
  const element = dialog({ id: "class-title", kind: "take", title: "Class" }, content, said.line);
  state.stage.body.append(element);
  let shown = "";
  // Only another class is laid out anew: a field keeps what is typed there.
  const tell = () => {
    const { member, alone } = state;
    const now = JSON.stringify([member, alone]);
    if (now !== shown) content.replaceChildren(...pageOf(state, does, said));
    shown = now;
    const counted = content.querySelector(".class-count");
    if (counted) counted.textContent = counts(state);
  };
  const open = () => {
    tell();
    if (!element.open) element.showModal();
  };
  tell();
  return { open, tell, say: said.say };
}

/** @param {Class} state @param {Does} does @param {Saying} said */
function pageOf(state, does, said) {
  if (!state.member) return outside(does, said);
  return state.member.key ? lecturers(state.member.code, does, said) : students(state, does);
}

/** @param {Does} does @param {Saying} said */
function outside(does, said) {
  const code = make("input", {
    id: "class-code",
    type: "text",
    class: "class-code",
    maxlength: 6,
    autocomplete: "off",
    spellcheck: "false",
  });
  const join = () => {
    const found = codeOf(code.value);
    said.say(found ? "" : NO_CODE);
    if (found) does.join(found);
  };
  code.addEventListener("keydown", (event) => event.key === "Enter" && join());
  const open = async () => {
    said.say("");
    await does.open().catch((problem) => said.say(problem.message));
  };
  return [
    make("p", {}, WHAT),
    make("div", { class: "buttons" }, push("Open a class", open, "first")),
    make("div", { class: "buttons" }, field("Or join one: its code", code), push("Join", join)),
  ];
}

/** @param {string} code @param {Does} does @param {Saying} said */
function lecturers(code, does, said) {
  const image = make("div", { class: "qr" });
  const link = make("p", { class: "class-link" });
  /** @param {string} origin */
  const fill = (origin) => {
    link.textContent = `${origin}${location.pathname}#${code}`;
    scan(image, link.textContent);
  };
  const elsewhere = async () => {
    const origin = await forOthers();
    if (origin) fill(origin);
    else said.say(ALONE);
  };
  fill(location.origin);
  if (local(location.hostname)) elsewhere();
  const words = make(
    "div",
    { class: "links" },
    make("p", { class: "class-large" }, code),
    link,
    make("p", { class: "class-count", role: "status" }),
    push("End the class", does.leave),
  );
  return [make("div", { class: "sharing" }, words, image)];
}

/** @param {Class} state @param {Does} does */
function students({ member, alone }, does) {
  const follows = check("Follow what the lecturer shows", !alone, () => does.follow(follows.value()));
  return [
    make("p", { class: "class-large" }, member?.code ?? ""),
    make("p", {}, STUDENT),
    follows.field,
    make("div", { class: "buttons" }, push("Leave the class", does.leave)),
  ];
}

/** @param {Class} state */
function counts({ news }) {
  const { present = 0, answered = 0 } = news ?? {};
  const asks = news?.shown?.lesson ? `, ${answered} answered` : "";
  return `${present} ${present === 1 ? "page takes" : "pages take"} part${asks}.`;
}
