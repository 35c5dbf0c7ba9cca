// A button that lets a person pick one file of this machine.
import { Button } from '@mantine/core';
import { useRef } from 'react';

export function FilePick(props: {
  words: string;
  accept: string;
  disabled?: boolean;
  loading?: boolean;
  take: (file: File) => void;
}) {
  const { words, accept, disabled = false, loading = false, take } = props;
  const chosen = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button
        variant="default"
        disabled={disabled}
        loading={loading}
        onClick={() => chosen.current?.click()}
      >
        {words}
      </Button>
      <input
        ref={chosen}
        hidden
        type="file"
        accept={accept}
        aria-label={words}
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          // The same file may be picked again once it was changed.
          event.currentTarget.value = '';
          if (file !== undefined) take(file);
        }}
      />
    </>
  );
}
