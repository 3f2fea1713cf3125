import { SignedOut, signIn } from './server-api.js';

const button = document.getElementById('sign-in-button');
const message = document.getElementById('sign-in-message');
const newLink = document.getElementById('new-link');

let token = '';

/** Takes the token out of the address at once, so that it stays in no history and no bookmark. */
function takeToken() {
  const found = location.hash.slice(1);
  if (found === '' && token !== '') return;
  token = found;
  history.replaceState(null, '', location.pathname);
  if (token === '') {
    refuse('This page needs a sign-in link, and the address it was opened with has none.');
    return;
  }
  show('This link signs you in on this browser. It works once.', '');
  newLink.hidden = true;
  button.hidden = false;
  button.disabled = false;
  button.focus();
}

async function useToken() {
  button.disabled = true;
  show('Signing in …', '');
  try {
    await signIn(token);
    location.replace(new URL('../', import.meta.url));
  } catch (problem) {
    if (problem instanceof SignedOut) {
      refuse('This link was used already or has expired.');
      return;
    }
    show(`That did not work: ${problem.message}`, 'bad');
    button.disabled = false;
    button.textContent = 'Try again';
  }
}

function refuse(words) {
  token = '';
  show(words, 'bad');
  newLink.hidden = false;
  button.hidden = true;
}

function show(words, tone) {
  message.textContent = words;
  message.dataset.tone = tone;
}

button.addEventListener('click', useToken);
addEventListener('hashchange', takeToken);
takeToken();
