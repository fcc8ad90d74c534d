// What a browser keeps for itself, in this tab alone: what was written and has not reached the house, or is on its way to it.
// And when the house was last reached.
export const notSent = "#not-sent";
const WRITTEN = "golddraht-draft-";
const ON_ITS_WAY = "-on-its-way";
const SEEN = "golddraht-seen";

function safely(act) {
  try {
    return act();
  } catch {
    return null; // without storage nothing is kept
  }
}

export const isWritten = (key) => key.startsWith(WRITTEN);

export function kept(name) {
  const key = `golddraht-${name}`;
  const leaving = key + ON_ITS_WAY;
  return {
    keep: (words) => safely(() => sessionStorage.setItem(key, words)),
    drop: () => safely(() => sessionStorage.removeItem(key)),
    // It is sent: kept until a page says that it came, because only then it is known.
    send: (words) => safely(() => {
      sessionStorage.removeItem(key);
      sessionStorage.setItem(leaving, words);
    }),
    // What is to be written on with. What was on its way counts only where it did not go.
    left: () => safely(() => {
      const sent = sessionStorage.getItem(leaving);
      sessionStorage.removeItem(leaving);
      return location.hash === notSent && sent ? sent : sessionStorage.getItem(key);
    }),
  };
}

export const noteSeen = () => safely(() => localStorage.setItem(SEEN, Date.now()));

export const lastSeen = () => Number(safely(() => localStorage.getItem(SEEN)));
