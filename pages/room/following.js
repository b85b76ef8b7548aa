// Asks now and then whether the room has changed, and has the page shown anew when it has.

import { watchConnection } from "../player/connection.js";

const EVERY = 2000; // ms

let stopLast = () => {};

export default function ({ data, parentElement, setTriggerValue }) {
  stopLast();
  let isConnected = true, told = data.version;
  const ask = async () => {
    if (document.hidden || !isConnected) return;
    const answer = await fetch(`room/${data.room}`, { cache: "no-store" }).catch(() => undefined);
    const { version } = answer?.ok ? await answer.json() : {};
    if (version != null && version !== told && isConnected) setTriggerValue("changed", (told = version));
  };
  const timer = setInterval(ask, EVERY), unwatch = watchConnection(parentElement, (now) => { isConnected = now; });
  const stop = () => { clearInterval(timer); unwatch(); };
  stopLast = stop;
  return stop;
}
