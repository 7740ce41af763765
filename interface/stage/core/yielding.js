// A turn for everything else: messages are heard and frames drawn. Not a timer, which waits longer, and
// sleeps in background tabs.

/** @returns {Promise<void>} */
export function yieldToPage() {
  return new Promise((done) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      done();
    };
    port2.postMessage(null);
  });
}
