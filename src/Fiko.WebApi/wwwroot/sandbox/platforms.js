// What a customer can do on each platform, and how the sandbox calls it.

export const platforms = {
  telegram: {
    accounts: "bots",
    parameter: "bot",
    account: "Bot",
    business: "bot",
    titleOf: bot => `@${bot.username}`,
    invent: () => String(6_600_000_000 + Math.floor(Math.random() * 99_999_999)),
    none: "No bot has called the sandbox yet. Connect a Telegram channel, then reload this page.",
    longest: 4096,
    words: "caption",
    reactions: ["❤", "👍", "🤣", "😱", "😢", "🔥"],
    remove: "Delete for both",
    fileKind: type => ({ image: "photo", video: "video", audio: "audio" })[type.split("/")[0]] ?? "document",
    several: "album",
    // What it is called, its path, and what the words beside it are called where there can be any.
    things: [
      ["Photo", "photo", "caption"], ["Voice message", "voice", "caption"], ["Video", "video", "caption"], ["Video note", "video_note"],
      ["Document", "document", "caption"], ["Audio", "audio", "caption"], ["Sticker", "sticker"], ["Animation", "animation", "caption"],
      ["Location", "location"], ["Contact", "contact"], ["Album of two photos", "album", "caption"], ["Press Start", "start", "payload"],
    ],
  },
  instagram: {
    accounts: "accounts",
    parameter: "account",
    account: "Account",
    business: "business",
    titleOf: account => `@${account.username}`,
    invent: () => String(990_000_000_000_000 + Math.floor(Math.random() * 999_999_999)),
    none: "No account has called the sandbox yet. Connect an Instagram channel, then reload this page.",
    longest: 1000,
    words: "text",
    reactions: ["❤️", "👍", "😂", "😮", "😢", "🔥"],
    remove: "Unsend",
    reads: true,
    fileKind: type => ({ image: "photo", video: "video", audio: "audio" })[type.split("/")[0]] ?? "file",
    things: [
      ["Photo", "photo", "text"], ["Video", "video", "text"], ["Audio", "audio", "text"], ["File", "file", "text"], ["Heart", "heart"],
      ["Reply to a story", "story_reply", "text"], ["Mention in a story", "story_mention"], ["Shared post", "share", "text"],
      ["Shared reel", "reel", "text"], ["Press a button", "postback", "title"], ["Quick reply", "quick_reply", "text"],
      ["View-once photo", "ephemeral"], ["Something unsupported", "unsupported"], ["The owner answers in the app", "app_messages", "text"],
    ],
  },
};

export const kinds = {
  photo: "Photo", sticker: "Sticker", voice: "Voice message", video: "Video", video_note: "Video note", audio: "Audio", document: "Document",
  animation: "Animation", location: "Location", contact: "Contact", file: "File", heart: "❤️", story_reply: "Reply to a story",
  story_mention: "Mentioned the account in a story", share: "Shared post", reel: "Shared reel", postback: "Pressed a button",
  ephemeral: "View-once photo", unsupported: "Something that Instagram does not hand out", like_heart: "❤️", image: "Photo",
};

// Talks to the sandbox about one account of one platform.
export async function call(platform, account, method, path, body) {
  const query = account ? `?${platforms[platform].parameter}=${encodeURIComponent(account)}` : "";
  const isForm = body instanceof FormData;
  const answer = await fetch(`/sandbox/${platform}/${path}${query}`, {
    method,
    headers: body && !isForm ? { "Content-Type": "application/json" } : {},
    body: body && !isForm ? JSON.stringify(body) : body,
  });
  const json = answer.status === 204 ? null : await answer.json().catch(() => null);
  if (!answer.ok) throw new Error(json?.detail ?? `The server answered ${answer.status}.`);
  return json;
}
