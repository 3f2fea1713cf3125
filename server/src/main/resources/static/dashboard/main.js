import './markup-policy.js';
import './tidemark-page.js';
