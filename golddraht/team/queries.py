def planned_absences(*, at: datetime) -> list[Absence]:
    """Who is away now or will be, with deputies; whoever leaves first stands first."""
    rows = Absence.objects.filter(ends_at__gt=at, member__active=True).select_related("member", "deputy")
    return list(rows.order_by("starts_at", "pk"))
