// A thread starts at its newest message, and stays there when one arrives, unless the person has scrolled up to read.
export default function newest(thread) {
  let isAtEnd = true;
  const toEnd = () => thread.scrollTo({ top: thread.scrollHeight });
  thread.addEventListener("scroll", () => {
    isAtEnd = thread.scrollHeight - thread.scrollTop - thread.clientHeight < 80;
  }, { passive: true });
  new MutationObserver(() => isAtEnd && toEnd()).observe(thread, { childList: true, subtree: true });
  toEnd();
}
