// Draws the messages. Every word of theirs goes in as text, never as markup.
import { kinds } from "./platforms.js";

const clock = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });
const pictures = new Set(["photo", "image", "sticker", "animation", "story_mention", "share", "ig_post", "media", "story", "ig_story"]);
const films = new Set(["video", "video_note", "ig_reel", "reel"]);
const sounds = new Set(["voice", "audio"]);

export function make(tag, className, words) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (words !== undefined) {
    made.textContent = words;
    made.dir = "auto";
  }
  return made;
}

// Only what changed is replaced: a screen reader would read the whole log again.
export function draw(chat, view, onMenu) {
  const marks = marksOf(view);
  const prints = view.items.map((item, at) => JSON.stringify([item, marks[at]]));
  if (chat.print === prints.join()) return;
  chat.print = prints.join();
  const atEnd = chat.scrollHeight - chat.scrollTop - chat.clientHeight < 80;
  const old = new Map([...chat.children].map(child => [child.print, child]));
  const wanted = view.items.map((item, at) => {
    const made = old.get(prints[at]) ?? bubble(item, marks[at], view.items, onMenu);
    made.print = prints[at];
    return made;
  });

  // What stays is not touched: moving it would begin its animation, or its film, anew.
  const staying = new Set(wanted);
  [...chat.children].filter(child => !staying.has(child)).forEach(child => child.remove());
  wanted.forEach((made, at) => {
    if (chat.children[at] !== made) chat.insertBefore(made, chat.children[at] ?? null);
  });
  if (atEnd) chat.scrollTop = chat.scrollHeight;
  chat.atEnd = atEnd;
}

// A picture has no height before it is there: what stood at the end goes on standing there.
export function keepAtEnd(chat) {
  chat.addEventListener("load", () => {
    if (chat.atEnd) chat.scrollTop = chat.scrollHeight;
  }, true);
  chat.addEventListener("scroll", () => {
    chat.atEnd = chat.scrollHeight - chat.scrollTop - chat.clientHeight < 80;
  });
}

export function summary(item) {
  return item.deleted ? "Deleted message" : item.text || kinds[item.kind] || item.kind;
}

// Who has seen what: a mark stands at the newest message that it is true of.
function marksOf(view) {
  const lastOwn = view.items.findLastIndex(i => i.from === "customer");
  return view.items.map((item, at) =>
    view.seen && at === lastOwn ? "seen" : view.read_up_to && item.id === view.read_up_to ? "read by you" : "");
}

function bubble(item, mark, all, onMenu) {
  const mine = item.from === "customer";
  const made = make("li", mine ? "bubble mine" : "bubble");
  made.append(make("span", "unseen", mine ? "You: " : "Business: "));

  const original = item.reply_to && all.find(m => m.id === item.reply_to);
  if (original) made.append(make("blockquote", "", summary(original)));

  const files = item.deleted ? [] : item.files ?? [];
  if (item.kind !== "text" && (files.length === 0 || !drawsItself(files[0]))) made.append(make("p", "kind", kinds[item.kind] ?? item.kind));
  files.forEach(file => made.append(shown(file)));
  if (item.deleted) made.append(make("p", "gone", "Deleted message"));
  else if (item.text) made.append(make("p", "", item.text));

  const foot = make("div", "foot");
  for (const { emoji, from } of item.reactions ?? []) {
    const reaction = make("span", "reaction", emoji);
    reaction.title = from === "customer" ? "You" : "The business";
    foot.append(reaction);
  }
  const notes = [item.tag && "by a person", item.edited && "edited", clock.format(new Date(item.date)), mark];
  foot.append(make("small", "", notes.filter(Boolean).join(" · ")));
  if (!item.deleted) foot.append(opener(item, onMenu));
  made.append(foot);
  return made;
}

function opener(item, onMenu) {
  const button = make("button", "more", "⋯");
  button.type = "button";
  button.setAttribute("aria-label", "Do something with this message");
  button.addEventListener("click", () => onMenu(item, button));
  return button;
}

function drawsItself(file) {
  return pictures.has(file.kind) || films.has(file.kind) || sounds.has(file.kind);
}

function shown(file) {
  const name = file.name || kinds[file.kind] || "File";
  if (pictures.has(file.kind) && !/webm|tgs|mp4/.test(file.media_type ?? "")) {
    const picture = make("img");
    picture.alt = name;
    picture.src = local(file.url);
    return picture;
  }
  if (films.has(file.kind) || sounds.has(file.kind) || file.kind === "animation") {
    const player = make(sounds.has(file.kind) ? "audio" : "video");
    player.controls = true;
    player.preload = "metadata";
    player.setAttribute("aria-label", name);
    player.src = local(file.url);
    return player;
  }
  const link = make("a", "file", name);
  link.href = local(file.url);
  link.download = name;
  return link;
}

// Files are the sandbox's own; an address that leads elsewhere is not followed.
function local(url) {
  const address = new URL(url, location.origin);
  return address.origin === location.origin && address.pathname.startsWith("/sandbox/") ? address.pathname + address.search : "about:blank";
}
