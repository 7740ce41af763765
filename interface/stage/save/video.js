// Animations, made here and not on the server: two hundred students who save at once must not wait
// for one another, and each browser has an encoder of its own that is idle anyway.

import { yieldToPage } from "../core/yielding.js";
import { gif, indexer, palette } from "./gif.js";
import { FPS, MP4, recordable } from "./storyboard.js";
import { webm } from "./webm.js";

/** @import { framePainter } from "./picture.js" */
/** @import { Browser, Story } from "./storyboard.js" */
/** @import { Chunk } from "./webm.js" */
/** @typedef {Awaited<ReturnType<typeof framePainter>>} Painter */
/** @typedef {(painter: Painter, story: Story, progress: (part: number) => void, signal: AbortSignal) => Promise<Blob>} Make */
/** @typedef {{ make: Make, ending: string, exact?: boolean }} Means */

// Each maker paints frame after frame with `painter` (see framePainter), tells `progress` from 0 to
// 1, and stops with an AbortError as soon as `signal` is aborted.
/** @type {Make} */
async function animatedGif(painter, { frames, fps }, progress, signal) {
  const { canvas, context, paint } = painter;
  const { width, height } = canvas;
  /** @param {number} t */
  const look = (t) => {
    paint(t);
    return context.getImageData(0, 0, width, height).data;
  };
  const colors = palette(samples(frames).map(look));
  const index = indexer(colors);
  const film = gif(width, height, colors);
  const runs = lengths(frames);
  for (const [k, { t, count }] of runs.entries()) {
    await yieldOrStop(signal);
    film.add(index(look(t)), Math.round((100 * count) / fps));
    progress((k + 1) / runs.length);
  }
  return film.bytes();
}

/** @param {number[]} frames */
const samples = (frames) => [0, 0.5, 1].map((part) => frames[Math.round(part * (frames.length - 1))]);

// Frames that show the same step, one after another, are one picture shown longer.
/** @param {number[]} frames */
export function lengths(frames) {
  /** @type {{ t: number, count: number }[]} */
  const runs = [];
  for (const t of frames) {
    const last = runs[runs.length - 1];
    if (last?.t === t) last.count++;
    else runs.push({ t, count: 1 });
  }
  return runs;
}

/** @param {AbortSignal} signal */
function yieldOrStop(signal) {
  signal.throwIfAborted();
  return yieldToPage();
}

const CODECS = [
  ["vp09.00.41.08", "V_VP9"],
  ["vp8", "V_VP8"],
];

// How this browser makes each kind, or null where it cannot.
/** @type {Record<string, (width: number, height: number) => Means | null | Promise<Means | null>>} */
export const MEANS = {
  gif: () => ({ make: animatedGif, ending: "gif" }),
  video: videoKind,
  mp4: () => mp4Kind(),
};

/** @param {Partial<Browser>} browser @returns {Means | null} */
export function mp4Kind(browser = globalThis) {
  const type = recordable(MP4, browser);
  return type ? { make: recorded(type), ending: "mp4", exact: false } : null;
}

// How this browser makes a WebM: by frame-exact encoding, else by recording, else not at all.
/** @param {number} width @param {number} height @returns {Promise<Means | null>} */
async function videoKind(width, height) {
  if (globalThis.VideoEncoder) {
    for (const [codec, name] of CODECS) {
      const config = { codec, width, height, framerate: FPS.video, bitrate: bits(width, height) };
      const { supported } = await VideoEncoder.isConfigSupported(config).catch(() => ({ supported: false }));
      if (supported) return { make: encoded(config, name), ending: "webm", exact: true };
    }
  }
  const type = recordable(["video/webm"], globalThis);
  return type ? { make: recorded(type), ending: "webm", exact: false } : null;
}

/** @param {number} width @param {number} height */
const bits = (width, height) => Math.round(width * height * 3);

// WebCodecs: as fast as the machine can, each frame at its exact time.
/** @type {(config: VideoEncoderConfig, name: string) => Make} */
const encoded =
  (config, name) =>
  async (painter, { frames, fps, seconds }, progress, signal) => {
    const { canvas, paint } = painter;
    /** @type {Chunk[]} */
    const chunks = [];
    /** @type {Error | null} */
    let failed = null;
    /** @param {EncodedVideoChunk} chunk */
    const output = (chunk) => {
      const data = new Uint8Array(chunk.byteLength);
      chunk.copyTo(data);
      chunks.push({ data, time: chunk.timestamp, key: chunk.type === "key" });
    };
    const encoder = new VideoEncoder({ output, error: (problem) => (failed = problem) });
    encoder.configure({ ...config, framerate: fps });
    try {
      for (const [k, t] of frames.entries()) {
        do await yieldOrStop(signal);
        while (encoder.encodeQueueSize > 3 && !failed);
        if (failed) throw failed;
        if (t !== frames[k - 1]) paint(t);
        const frame = new VideoFrame(canvas, {
          timestamp: Math.round((k * 1e6) / fps),
          duration: Math.round(1e6 / fps),
        });
        encoder.encode(frame, { keyFrame: k % (4 * fps) === 0 });
        frame.close();
        progress((k + 1) / frames.length);
      }
      await encoder.flush();
    } finally {
      if (encoder.state !== "closed") encoder.close();
    }
    return webm(chunks, { width: canvas.width, height: canvas.height, codec: name, fps, seconds });
  };

// MediaRecorder (pages that are neither https nor localhost have nothing else): in real time.
/** @type {(type: string) => Make} */
const recorded =
  (type) =>
  async (painter, { frames, fps }, progress, signal) => {
    const { canvas, paint } = painter;
    const stream = canvas.captureStream(fps);
    const recorder = new MediaRecorder(stream, {
      mimeType: type,
      videoBitsPerSecond: bits(canvas.width, canvas.height),
    });
    /** @type {Blob[]} */
    const parts = [];
    recorder.ondataavailable = ({ data }) => parts.push(data);
    const stopped = new Promise((done) => (recorder.onstop = done));
    recorder.start();
    try {
      const begin = performance.now();
      for (
        let k = 0;
        k < frames.length;
        k = Math.max(k + 1, Math.floor(((performance.now() - begin) * fps) / 1000))
      ) {
        signal.throwIfAborted();
        paint(frames[k]);
        progress((k + 1) / frames.length);
        await new Promise((done) => setTimeout(done, 1000 / fps));
      }
    } finally {
      recorder.stop();
      stream.getTracks().forEach((track) => track.stop());
    }
    await stopped;
    return new Blob(parts, { type });
  };
