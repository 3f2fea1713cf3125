import '../dashboard/markup-policy.js';
import './questions-page.js';
