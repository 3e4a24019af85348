// main.tsx — Puts the page into the document.
import '@xterm/xterm/css/xterm.css';
import './style/page.css';
import './style/picture.css';
import { render } from 'preact';

import { Page } from './page.tsx';

render(<Page />, document.querySelector('#page') as HTMLElement);
