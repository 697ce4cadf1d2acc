"""The six boxes of a session prep, one small file each: from a snapshot to claims, suggestions and open needs."""
