// The phone of the sandbox: asks the server once a second and draws what changed.
const byId = id => document.getElementById(id);
const [bot, known, number, firstName, problem, chat, empty, state, text, block] =
  ["bot", "known", "number", "first-name", "problem", "chat", "empty", "state", "text", "block"].map(byId);
const clock = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });
const kinds = { photo: "Photo", sticker: "Sticker", voice: "Voice message", location: "Location", contact: "Contact" };

let customer = null;
let drawn = "";
let blocked = false;

async function call(method, path, body) {
  const query = bot.value ? `?bot=${bot.value}` : "";
  const answer = await fetch(`/sandbox/telegram/${path}${query}`, {
    method,
    headers: body ? { "Content-Type": "application/json" } : {},
    body: body ? JSON.stringify(body) : undefined,
  });
  const json = answer.status === 204 ? null : await answer.json().catch(() => null);
  if (!answer.ok) throw new Error(json?.detail ?? `The server answered ${answer.status}.`);
  return json;
}

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

async function loadBots() {
  const { items } = await call("GET", "bots");
  bot.replaceChildren(...items.map(b => option(b.id, `@${b.username}`, false)));
  bot.disabled = items.length < 2;
  if (items.length === 0) throw new Error("No bot has called the sandbox yet. Connect a Telegram channel, then reload this page.");
}

async function loadCustomers() {
  const { items } = await call("GET", "customers");
  known.replaceChildren(
    option("", "Somebody new", false),
    ...items.map(c => option(c.id, `${[c.first_name, c.last_name].filter(Boolean).join(" ")} · ${c.id}`, c.id === customer?.id)));
  known.people = new Map(items.map(c => [String(c.id), c]));
}

function bubble(item, all) {
  const made = document.createElement("li");
  made.className = item.from === "customer" ? "bubble mine" : "bubble";
  const author = document.createElement("span");
  author.className = "unseen";
  author.textContent = item.from === "customer" ? "You: " : "Bot: ";
  made.append(author);

  const original = item.reply_to && all.find(m => m.id === item.reply_to);
  if (original) {
    const quote = document.createElement("blockquote");
    quote.dir = "auto";
    quote.textContent = original.text || kinds[original.kind] || "Deleted message";
    made.append(quote);
  }

  if (item.kind !== "text") made.append(line(kinds[item.kind] ?? item.kind, "kind"));
  if (item.deleted) made.append(line("Deleted message", "gone"));
  else if (item.text) made.append(line(item.text, ""));

  const time = document.createElement("small");
  time.textContent = (item.edited ? "edited " : "") + clock.format(new Date(item.date));
  made.append(time);
  return made;
}

function line(words, className) {
  const made = document.createElement("p");
  made.dir = "auto";
  made.className = className;
  made.textContent = words;
  return made;
}

function draw(view) {
  blocked = view.blocked;
  block.setAttribute("aria-pressed", String(blocked));
  block.textContent = blocked ? "Unblock" : "Block";
  const status = blocked ? "blocked" : view.typing ? "typing…" : "bot";
  if (state.textContent !== status) state.textContent = status;
  state.classList.toggle("typing", view.typing && !blocked);
  empty.hidden = view.items.length > 0;

  // Only what changed is replaced: a screen reader would read the whole log again.
  const prints = view.items.map(item => JSON.stringify(item));
  if (prints.join() === drawn) return;
  drawn = prints.join();
  const atEnd = chat.scrollHeight - chat.scrollTop - chat.clientHeight < 80;
  const old = new Map([...chat.children].map(child => [child.print, child]));
  chat.replaceChildren(...view.items.map((item, at) => {
    const made = old.get(prints[at]) ?? bubble(item, view.items);
    made.print = prints[at];
    return made;
  }));
  if (atEnd) chat.scrollTop = chat.scrollHeight;
}

async function refresh() {
  if (customer) draw(await call("GET", `customers/${customer.id}/messages`));
}

async function say(path, body) {
  await pickUp();
  await call("POST", `customers/${customer.id}/${path}`, { ...body, first_name: customer.first_name });
  chat.scrollTop = chat.scrollHeight;
  await refresh();
  await loadCustomers();
}

async function pickUp() {
  if (!byId("person").reportValidity()) throw new Error("Say who writes: a number and a first name.");
  customer = { id: Number(number.value), first_name: firstName.value.trim() };
  known.value = known.people?.has(String(customer.id)) ? String(customer.id) : "";
  byId("bot-name").textContent = bot.selectedOptions[0]?.textContent ?? "Sandbox bot";
  await refresh();
}

known.addEventListener("change", () => attempt(async () => {
  const person = known.people?.get(known.value);
  number.value = person?.id ?? invented();
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
  const words = text.value;
  if (!words.trim()) return;
  attempt(async () => {
    await say("messages", { text: words });
    text.value = "";
  });
});

text.addEventListener("keydown", event => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    byId("compose").requestSubmit();
  }
});

byId("photo").addEventListener("click", () => attempt(async () => {
  await say("photo", text.value.trim() ? { caption: text.value } : {});
  text.value = "";
}));

block.addEventListener("click", () => attempt(async () => {
  await call("POST", `customers/${customer.id}/${blocked ? "unblock" : "block"}`);
  await refresh();
}));

function invented() {
  return 6_600_000_000 + Math.floor(Math.random() * 99_999_999);
}

number.value = new URLSearchParams(location.search).get("customer") ?? invented();
firstName.value = new URLSearchParams(location.search).get("first_name") ?? "نگار";
await attempt(async () => {
  await loadBots();
  await loadCustomers();
  await pickUp();
});

// One question at a time: a slow server is not asked again before it has answered.
for (;;) {
  await new Promise(resolve => setTimeout(resolve, 1000));
  if (customer && !document.hidden) await refresh().catch(() => undefined);
}
