// What the document names and leaves to the frontend. Each function notes in #calls that it has done its work.
const byId = id => document.getElementById(id);

function append(list, words, attributes = {}) {
  const item = document.createElement('li');
  item.textContent = words;
  for (const [name, value] of Object.entries(attributes)) item.setAttribute(name, value);
  byId(list).appendChild(item);
  return item;
}

const done = (...words) => append('calls', words.join(' '));

Object.assign(FikoWebSocket.prototype, {
  createConversationElement(conversation) {
    const element = document.createElement('li');
    element.dataset.conversation = conversation.id;
    element.classList.toggle('open', conversation.id === this.currentConversationId);
    for (const [name, words] of [
      ['title', conversation.title],
      ['last', conversation.last_message?.content ?? ''],
      ['unread', conversation.unread_count || ''],
    ]) {
      const part = document.createElement('span');
      part.className = name;
      part.dir = 'auto';
      part.textContent = words;
      element.appendChild(part);
    }

    element.addEventListener('click', () => fikoChat.selectConversation(conversation.id));
    return element;
  },

  createMessageElement(message) {
    const element = document.createElement('li');
    element.className = message.type;
    element.dir = 'auto';
    element.id = message.id;
    element.textContent = message.content;
    return element;
  },

  loadRecentMessages(messages) {
    byId('chat-messages').replaceChildren(...messages.map(message => this.createMessageElement(message)));
    done('loadRecentMessages', messages.length);
  },

  scrollToBottom() {
    byId('chat-messages').lastElementChild.scrollIntoView();
    done('scrollToBottom');
  },

  updateUserPresence(userId, isOnline) {
    const words = isOnline ? 'online' : 'offline';
    const known = document.querySelector(`#presence [data-user="${userId}"]`);
    if (known) known.textContent = words;
    else append('presence', words, { 'data-user': userId });
    done('updateUserPresence', userId, isOnline);
  },

  markMessagesAsRead(userId) {
    document.querySelectorAll('#chat-messages .customer').forEach(element => element.classList.add('read'));
    done('markMessagesAsRead', userId);
  },

  updateConversationInList(conversationId) {
    this.requestConversations();
    done('updateConversationInList', conversationId);
  },

  refreshConversation(conversationId) {
    this.requestConversations();
    done('refreshConversation', conversationId);
  },

  // Noted when the sound is over: an audio clock that stands still never ends it.
  playNotificationSound() {
    this.audio ??= new AudioContext();
    const beep = new OscillatorNode(this.audio, { frequency: 880 });
    beep.connect(this.audio.destination);
    beep.onended = () => done('playNotificationSound');
    beep.start();
    beep.stop(this.audio.currentTime + 0.1);
  },

  showToast(message) {
    append('toasts', message);
  },

  showError(error) {
    append('toasts', error, { class: 'error' });
  },

  close() {
    this.conversationsSocket?.close();
    this.chatSocket?.close();
  },
});

function showConversation(conversationId) {
  byId('chat-messages').replaceChildren();
  byId('presence').replaceChildren();
  document.querySelectorAll('#conversations-list li').forEach(
    element => element.classList.toggle('open', element.dataset.conversation === conversationId));
}

byId('mark-read').addEventListener('click', () => fikoChat.ws.markAsRead());
