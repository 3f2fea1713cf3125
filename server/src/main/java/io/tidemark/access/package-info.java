/// Who may do what: keys, sign-in links, sessions. Owns `api_key` and `sign_in_link`.
@NullMarked
package io.tidemark.access;

import org.jspecify.annotations.NullMarked;
