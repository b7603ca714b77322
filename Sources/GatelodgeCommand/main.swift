print("gatelodge")
