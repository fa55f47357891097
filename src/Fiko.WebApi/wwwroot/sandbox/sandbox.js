// The phone of the sandbox: asks the server once a second and draws what changed.
import { call, platforms } from "./platforms.js";
import { draw, keepAtEnd, make, summary } from "./chat.js";

const byId = id => document.getElementById(id);
const [bot, known, number, firstName, problem, chat, empty, state, text, block, read, attachMenu, messageMenu, file, context] =
  ["bot", "known", "number", "first-name", "problem", "chat", "empty", "state", "text", "block", "read", "attach-menu", "message-menu", "file", "context"].map(byId);
const when = new Intl.DateTimeFormat(undefined, { weekday: "short", hour: "2-digit", minute: "2-digit" });

let platform = "telegram";
let customer = null;
let view = null;
// What the next text is for, where it is no plain message: { kind: "reply" | "edit", item }.
let purpose = null;

const rules = () => platforms[platform];
const ask = (method, path, body) => call(platform, bot.value, method, path, body);

// Every action of the page runs in here, so that a refusal is always shown and never lost.
async function attempt(action) {
  try {
    await action();
    problem.hidden = true;
  } catch (error) {
    problem.textContent = error.message;
    problem.hidden = false;
  }
}

function option(value, label, selected) {
  const made = new Option(label, value, false, selected);
  made.dir = "auto";
  return made;
}

async function switchTo(name) {
  platform = name;
  [customer, view] = [null, null];
  setPurpose(null);
  chat.replaceChildren();
  chat.print = "";
  text.maxLength = rules().longest;
  firstName.required = name === "telegram";
  read.hidden = !rules().reads;
  byId("bot-label").textContent = rules().account;
  byId("bot-name").textContent = "Sandbox";
  state.textContent = "";
  document.documentElement.dataset.platform = name;
  document.querySelector(`[name=platform][value=${name}]`).checked = true;
  fillAttachMenu();
  number.value = rules().invent();
  known.replaceChildren(option("", "Somebody new", true));
  bot.replaceChildren();
  await loadAccounts();
  await loadCustomers();
}

async function loadAccounts() {
  const asked = platform;
  const { items } = await ask("GET", rules().accounts);
  if (asked !== platform) return;
  bot.replaceChildren(...items.map(a => option(a.id, rules().titleOf(a), false)));
  bot.disabled = items.length < 2;
  if (items.length === 0) throw new Error(rules().none);
}

async function loadCustomers() {
  const asked = platform;
  const { items } = await ask("GET", "customers");
  if (asked !== platform) return;
  const nameOf = c => [c.first_name, c.last_name].filter(Boolean).join(" ") || c.username || "";
  known.replaceChildren(
    option("", "Somebody new", false),
    ...items.map(c => option(c.id, [nameOf(c), c.id].filter(Boolean).join(" · "), String(c.id) === customer?.id)));
  known.people = new Map(items.map(c => [String(c.id), c]));
}

async function pickUp() {
  if (!byId("person").reportValidity()) throw new Error("Say who writes: a number and a name.");
  if (customer?.id !== number.value) setPurpose(null);
  customer = { id: number.value, first_name: firstName.value.trim() || undefined };
  known.value = known.people?.has(customer.id) ? customer.id : "";
  byId("bot-name").textContent = bot.selectedOptions[0]?.textContent ?? "Sandbox";
  await refresh();
}

async function refresh() {
  const asked = customer;
  if (!asked) return;
  const answer = await ask("GET", `customers/${asked.id}/messages`);
  // Meanwhile somebody else may hold the phone.
  if (asked !== customer) return;
  view = answer;
  block.setAttribute("aria-pressed", String(view.blocked));
  block.textContent = view.blocked ? "Unblock" : "Block";
  const until = view.open_until ? `open until ${when.format(new Date(view.open_until))}` : rules().business;
  const status = view.blocked ? "blocked" : view.typing ? "typing…" : until;
  if (state.textContent !== status) state.textContent = status;
  state.classList.toggle("typing", view.typing && !view.blocked);
  empty.hidden = view.items.length > 0;
  draw(chat, view, openMessageMenu);
}

async function act(path, body) {
  await pickUp();
  await ask("POST", `customers/${customer.id}/${path}`, body);
  await refresh();
}

async function say(path, body) {
  await act(path, body);
  chat.scrollTop = chat.scrollHeight;
  await loadCustomers();
}

// Takes what stands in the composer where it goes along, and forgets it only when it was sent.
async function sayWith(path, name, files = []) {
  const told = { first_name: firstName.value.trim() || undefined, reply_to: purpose?.kind === "reply" ? purpose.item.id : undefined };
  if (name && text.value.trim()) told[name] = text.value;
  const form = new FormData();
  for (const [key, value] of Object.entries(told)) if (value !== undefined) form.append(key, value);
  for (const one of files) form.append("file", one, one.name);
  await say(path, files.length > 0 ? form : told);
  if (name) text.value = "";
  setPurpose(null);
}

function setPurpose(next) {
  purpose = next;
  context.hidden = !next;
  byId("context-words").textContent = next ? `${next.kind === "edit" ? "Edit" : "Reply to"}: ${summary(next.item)}` : "";
}

function menuButton(menu, label, action, className) {
  const button = make("button", className ?? "", label);
  button.type = "button";
  button.addEventListener("click", () => {
    menu.hidePopover();
    attempt(action);
  });
  return button;
}

function fillAttachMenu() {
  attachMenu.replaceChildren(
    menuButton(attachMenu, "Files of yours…", () => file.click()),
    ...rules().things.map(([label, path, words]) => menuButton(attachMenu, label, () => {
      if (path === "app_messages" && !text.value.trim()) throw new Error("Write first what the owner answers.");
      return sayWith(path, words);
    })));
}

function openMessageMenu(item, opener) {
  const path = `customers/${customer.id}/messages/${item.id}`;
  const own = item.from === "customer";
  const change = async (what, body) => {
    await ask("POST", `${path}/${what}`, body);
    await refresh();
  };
  const faces = make("div", "faces");
  faces.append(
    ...rules().reactions.map(emoji => menuButton(messageMenu, emoji, () => change("reactions", { emoji }))),
    menuButton(messageMenu, "None", () => change("reactions", { emoji: null })));
  messageMenu.replaceChildren(faces, menuButton(messageMenu, "Reply", () => {
    setPurpose({ kind: "reply", item });
    text.focus();
  }));
  if (own && item.kind === "text") messageMenu.append(menuButton(messageMenu, "Edit", () => {
    setPurpose({ kind: "edit", item });
    text.value = item.text;
    text.focus();
  }));
  if (own) messageMenu.append(menuButton(messageMenu, rules().remove, () => change("delete", {})));
  show(messageMenu, opener);
}

// Beside what opened it, and inside the window.
function show(menu, opener) {
  menu.showPopover();
  const at = opener.getBoundingClientRect();
  menu.style.left = `${Math.max(8, Math.min(at.left, innerWidth - menu.offsetWidth - 8))}px`;
  menu.style.top = `${Math.max(8, Math.min(at.bottom, innerHeight - menu.offsetHeight - 8))}px`;
  menu.querySelector("button")?.focus();
}

attachMenu.addEventListener("toggle", event => {
  if (event.newState === "open") show(attachMenu, byId("attach"));
});

document.querySelectorAll("[name=platform]").forEach(choice => choice.addEventListener("change", () => attempt(async () => {
  await switchTo(choice.value);
  await pickUp();
})));

known.addEventListener("change", () => attempt(async () => {
  const person = known.people?.get(known.value);
  number.value = person?.id ?? rules().invent();
  firstName.value = person?.first_name ?? "";
  if (person) await pickUp();
  else firstName.focus();
}));

bot.addEventListener("change", () => attempt(async () => {
  await loadCustomers();
  await pickUp();
}));

byId("person").addEventListener("submit", event => {
  event.preventDefault();
  attempt(async () => {
    await pickUp();
    text.focus();
  });
});

byId("compose").addEventListener("submit", event => {
  event.preventDefault();
  if (!text.value.trim()) return;
  attempt(async () => {
    if (purpose?.kind !== "edit") return await sayWith("messages", "text");
    const words = purpose.item.files?.length ? rules().words : "text";
    await ask("POST", `customers/${customer.id}/messages/${purpose.item.id}/edit`, { [words]: text.value });
    text.value = "";
    setPurpose(null);
    await refresh();
  });
});

text.addEventListener("keydown", event => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    byId("compose").requestSubmit();
  }
});

byId("context-end").addEventListener("click", () => {
  if (purpose?.kind === "edit") text.value = "";
  setPurpose(null);
});

file.addEventListener("change", () => attempt(async () => {
  const files = [...file.files];
  file.value = "";
  if (files.length === 0) return;
  await sayWith(files.length > 1 && rules().several ? rules().several : rules().fileKind(files[0].type), rules().words, files);
}));

read.addEventListener("click", () => attempt(() => act("read")));
block.addEventListener("click", () => attempt(() => act(view?.blocked ? "unblock" : "block")));

keepAtEnd(chat);

const start = new URLSearchParams(location.search);
firstName.value = start.get("first_name") ?? "نگار";
await attempt(async () => {
  try {
    await switchTo(start.get("platform") in platforms ? start.get("platform") : "telegram");
  } finally {
    number.value = start.get("customer") ?? number.value;
  }
  await pickUp();
});

// One question at a time: a slow server is not asked again before it has answered.
for (;;) {
  await new Promise(resolve => setTimeout(resolve, 1000));
  if (customer && !document.hidden) await refresh().catch(() => undefined);
}
