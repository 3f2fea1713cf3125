import '../dashboard/markup-policy.js';
import './shared-page.js';
