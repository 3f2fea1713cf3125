/// Who may do what. Programs present keys, people sign in with a one-time link and get a session.
/// Uses `platform`; owns `api_key`, `sign_in_link`, `spring_session` and
/// `spring_session_attributes`.
@NullMarked
package io.tidemark.access;

import org.jspecify.annotations.NullMarked;
