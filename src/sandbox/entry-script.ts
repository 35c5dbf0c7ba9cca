// The script and the style of the amount page, as the browser gets them: plain text, no build.

/** Keys for thumbs, and about what it is at home; all sums are whole numbers. */
export const entryScript = `'use strict';
const field = document.getElementById('amount');
const pad = document.querySelector('.pad');
const home = document.querySelector('.home');

function minorOf(text) {
  const parts = /^([0-9]{1,9})(?:[.]([0-9]{0,2}))?$/.exec(text.trim());
  if (parts === null) return undefined;
  return BigInt(parts[1] + (parts[2] || '').padEnd(2, '0'));
}

// What was wrong with the amount before is not said of the one that is typed now.
function typed() {
  const problem = document.querySelector('.problem');
  if (problem !== null) problem.remove();
  estimate();
}

function estimate() {
  if (home === null || field === null) return;
  const minor = minorOf(field.value);
  if (minor === undefined || minor === 0n) {
    home.textContent = '\\u00a0';
    return;
  }
  const [whole, decimals = ''] = home.dataset.rate.split('.');
  const digits = Number(home.dataset.digits);
  const scale = 10n ** BigInt(decimals.length + 2);
  const units = minor * BigInt(whole + decimals) * 10n ** BigInt(digits);
  const at = ((units + scale / 2n) / scale).toString().padStart(digits + 1, '0');
  const grouped = at.slice(0, at.length - digits).replace(/\\B(?=(?:[0-9]{3})+$)/g, ',');
  const text = digits === 0 ? grouped : grouped + '.' + at.slice(-digits);
  home.textContent = home.dataset.about + ' ' + text + ' ' + home.dataset.currency;
}

function press(key) {
  if (key === 'erase') field.value = field.value.slice(0, -1);
  else if (key === '.' && field.value === '') field.value = '0.';
  else if (/^[0-9]{1,9}([.][0-9]{0,2})?$/.test(field.value + key)) field.value += key;
  typed();
}

if (field !== null && pad !== null) {
  pad.hidden = false;
  // The keys are here: the phone's own keyboard need not cover the page.
  field.inputMode = 'none';
  for (const key of pad.querySelectorAll('button')) {
    key.addEventListener('click', () => press(key.dataset.key));
  }
  field.addEventListener('input', typed);
  estimate();
}
`;

export const entryStyle = `
:root { color: #14181f; background: #fff; font: 16px/1.45 system-ui, sans-serif; }
:lang(zh) { font-family: 'Noto Sans SC', system-ui, sans-serif; }
* { box-sizing: border-box; }
body { margin: 0; }
main { max-width: 420px; margin: 0 auto; padding: 12px 16px 20px; }
nav { display: flex; flex-wrap: wrap; gap: 4px 14px; font-size: 14px; }
nav a { color: #1e2a78; padding: 2px 0; }
h1 { margin: 12px 0 0; font-size: 21px; line-height: 1.25; overflow-wrap: anywhere; }
p { margin: 0; }
.place, .help { color: #4b5563; font-size: 14px; }
form { margin-top: 16px; display: grid; grid-template-columns: minmax(0, 1fr); gap: 8px; }
label { font-size: 15px; }
.amount { display: flex; align-items: baseline; gap: 10px; border-bottom: 2px solid #1e2a78; }
.amount input { flex: 1; width: 100%; min-width: 0; border: 0; padding: 4px 0;
  font: inherit; font-size: 34px; font-variant-numeric: tabular-nums; background: none;
  color: inherit; }
.amount input:focus { outline: none; }
.amount:focus-within { outline: 2px solid #1e2a78; outline-offset: 3px; }
.amount span { color: #4b5563; }
.home { min-height: 1.45em; font-size: 18px; font-variant-numeric: tabular-nums; }
.problem { color: #a11212; }
.notice { margin-top: 24px; font-size: 18px; }
.pad { display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); gap: 6px; margin-top: 6px; }
.pad[hidden] { display: none; }
.pad button { min-height: 46px; font: inherit; font-size: 21px; border: 1px solid #d5d9e2;
  border-radius: 8px; background: #f7f8fb; color: inherit; }
.next { display: block; width: 100%; min-height: 50px; margin-top: 6px; padding: 12px; border: 0;
  border-radius: 8px; background: #1e2a78; color: #fff; font: inherit; font-weight: 600;
  text-align: center; text-decoration: none; }
button:focus-visible, a:focus-visible { outline: 2px solid #d97706; outline-offset: 2px; }
`;
