// Asks now and then whether the room has changed, and has the page shown anew when it has.

const EVERY = 2000; // ms

let timer = 0;

export default function ({ data, setTriggerValue }) {
  clearInterval(timer);
  const ask = async () => {
    if (document.hidden) return;
    const answer = await fetch(`room/${data.room}`, { cache: "no-store" }).catch(() => undefined);
    if (!answer?.ok) return;
    const { version } = await answer.json();
    if (version !== data.version && version !== told) setTriggerValue("changed", (told = version));
  };
  let told = data.version;
  timer = setInterval(ask, EVERY);
  return () => clearInterval(timer);
}
