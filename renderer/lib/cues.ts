let context: AudioContext | null = null;

function tone(frequency: number, seconds: number, type: OscillatorType, delay = 0): void {
  try {
    context ??= new AudioContext();
    const start = context.currentTime + delay;
    const oscillator = context.createOscillator();
    const volume = context.createGain();
    oscillator.type = type;
    oscillator.frequency.value = frequency;
    volume.gain.setValueAtTime(0.12, start);
    volume.gain.exponentialRampToValueAtTime(0.001, start + seconds);
    oscillator.connect(volume).connect(context.destination);
    oscillator.start(start);
    oscillator.stop(start + seconds);
  } catch {
    // A machine without sound still shows the cue.
  }
}

/** A scan that fits: one short, high tone. */
export function cueRight(): void {
  tone(1320, 0.12, 'sine');
}

/** A scan that doesn't: two low, harsh tones that carry across a noisy floor. */
export function cueWrong(): void {
  tone(196, 0.22, 'square');
  tone(147, 0.34, 'square', 0.24);
}
