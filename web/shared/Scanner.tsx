// The camera as a scanner: looks at a few pictures a second until one holds a code.
import { Button } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { Icon } from './Icon.tsx';
import { useWords } from './language.ts';
import { readPicture } from './read-picture.ts';
import styles from './Scanner.module.css';

type CameraState = 'starting' | 'looking' | 'refused' | 'absent';

const lookEveryMs = 180;
// Enough to read a code that fills a third of the picture, and cheap on an old phone.
const longestSide = 960;

/** Gives the text of the first code that it sees to `onRead`, once. */
export function Scanner({ onRead }: { onRead: (text: string) => void }) {
  const { t } = useWords();
  const video = useRef<HTMLVideoElement>(null);
  const [camera, setCamera] = useState<CameraState>('starting');
  const [unread, setUnread] = useState(false);
  useCamera(video, setCamera, onRead);

  async function readFile(file: File | undefined) {
    if (file === undefined) return;
    const text = await readPicture(file);
    setUnread(text === undefined);
    if (text !== undefined) onRead(text);
  }

  const blocked = camera === 'refused' || camera === 'absent';
  return (
    <div className="stack">
      <div className={styles.window} data-blocked={blocked}>
        <video ref={video} muted playsInline aria-label={t('scanner.picture')} />
        {!blocked && <div className={styles.frame} aria-hidden="true" />}
        <p className={styles.words} role="status">
          {blocked && <Icon name="camera" size={34} />}
          <span>{t(`scanner.${camera}`)}</span>
        </p>
      </div>
      <Button
        component="label"
        variant="default"
        className={styles.file ?? ''}
        leftSection={<Icon name="paste" size={18} />}
      >
        {t('scanner.file')}
        <input
          type="file"
          accept="image/*"
          className="visually-hidden"
          onChange={(event) => void readFile(event.currentTarget.files?.[0])}
        />
      </Button>
      {unread && (
        <p role="alert" className="small">
          {t('scanner.unread')}
        </p>
      )}
    </div>
  );
}

function useCamera(
  video: React.RefObject<HTMLVideoElement | null>,
  setCamera: (state: CameraState) => void,
  onRead: (text: string) => void,
): void {
  const latest = useRef(onRead);
  latest.current = onRead;

  useEffect(() => {
    let stream: MediaStream | undefined;
    let timer: number | undefined;
    let ended = false;
    const canvas = document.createElement('canvas');

    async function look() {
      const picture = video.current === null ? undefined : grab(video.current, canvas);
      const text = picture === undefined ? undefined : await readPicture(picture);
      if (ended) return;
      if (text === undefined) timer = window.setTimeout(() => void look(), lookEveryMs);
      else latest.current(text);
    }

    async function start() {
      // Browsers give the camera only to pages on https or on the machine itself.
      if (navigator.mediaDevices === undefined) return setCamera('absent');
      try {
        stream = await navigator.mediaDevices.getUserMedia({
          video: { facingMode: 'environment' },
          audio: false,
        });
      } catch (error) {
        const refused = error instanceof DOMException && error.name === 'NotAllowedError';
        return setCamera(refused ? 'refused' : 'absent');
      }
      if (ended || video.current === null) return stopAll(stream);
      video.current.srcObject = stream;
      await video.current.play();
      setCamera('looking');
      await look();
    }

    void start();
    return () => {
      ended = true;
      window.clearTimeout(timer);
      stopAll(stream);
    };
  }, [video, setCamera]);
}

function stopAll(stream: MediaStream | undefined): void {
  for (const track of stream?.getTracks() ?? []) track.stop();
}

/** The present picture of the video, made small; undefined until the first one has come. */
function grab(video: HTMLVideoElement, canvas: HTMLCanvasElement): ImageData | undefined {
  if (video.videoWidth === 0) return undefined;
  const scale = Math.min(1, longestSide / Math.max(video.videoWidth, video.videoHeight));
  canvas.width = Math.round(video.videoWidth * scale);
  canvas.height = Math.round(video.videoHeight * scale);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) return undefined;
  context.drawImage(video, 0, 0, canvas.width, canvas.height);
  return context.getImageData(0, 0, canvas.width, canvas.height);
}
