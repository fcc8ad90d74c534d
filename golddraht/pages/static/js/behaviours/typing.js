// Is the person writing, so that a letter is a letter and not a command?
const fields = "input:not([type=checkbox], [type=radio], [type=button], [type=submit]), textarea, select, [contenteditable]";

export function isTyping(event) {
  return event.target instanceof Element && event.target.closest(fields) !== null;
}

export function isPlainKey(event) {
  return !event.ctrlKey && !event.metaKey && !event.altKey && !event.defaultPrevented && !event.isComposing;
}
