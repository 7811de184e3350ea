# Banners of the home page
wedding = Plantation wedding package for 50 guests
shutters = Plantation shutters, white, 24 in.
mattress = Twin Towers sale: any mattress for a twin price
twin = Twin mattress sale, this week only
