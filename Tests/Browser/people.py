"""Who comes to the site."""

KEEPER, KEEPER_PASSWORD = "keeper", "lodge keeper key"
VICKY, VICKY_PASSWORD = "vicky", "vicky@12345"
NEW_PASSWORD = "nine green bottles"
