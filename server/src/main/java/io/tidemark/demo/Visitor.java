package io.tidemark.demo;

import org.jspecify.annotations.Nullable;

/// Who makes a visit: a member, known by `userId`, or a passer-by, known by `anonymousId`. Never
/// both.
///
/// @param device `mobile`, `desktop` or `tablet`
/// @param introduced whether the server has been told who this is; true for passers-by, who have
///   nothing to tell
/// @param membership the running subscription; absent for free members and passers-by
record Visitor(
    @Nullable String userId,
    @Nullable String anonymousId,
    String device,
    String city,
    boolean introduced,
    @Nullable Membership membership) {

  Visitor {
    if ((userId == null) == (anonymousId == null)) {
      throw new IllegalArgumentException("a visitor has either a user id or an anonymous id");
    }
  }

  boolean isMember() {
    return userId != null;
  }

  Tier tier() {
    return membership == null ? Tier.FREE : membership.tier();
  }

  Visitor asIntroduced() {
    return new Visitor(userId, anonymousId, device, city, true, membership);
  }

  Visitor withMembership(@Nullable Membership changed) {
    return new Visitor(userId, anonymousId, device, city, introduced, changed);
  }
}
